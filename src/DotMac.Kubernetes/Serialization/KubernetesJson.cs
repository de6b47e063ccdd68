using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DotMac.Kubernetes.Serialization;

/// <summary>How objects become JSON and back: camelCase, nulls left out, generated code only.</summary>
public static class KubernetesJson
{
    /// <summary>
    /// How deep JSON of the server's may be: deeper than the 10,000 levels that the server itself takes. Where a resource keeps unknown
    /// fields, its author decides how deep it is, and one that could not be read would keep every other from being listed and watched.
    /// </summary>
    internal const int Deepest = 16_384;

    /// <summary>Options for the kinds of this library alone.</summary>
    public static JsonSerializerOptions Default { get; } = Create();

    /// <summary>Options for the kinds of this library and those of the given source-generated contexts.</summary>
    /// <param name="resolvers">Contexts that know further kinds, custom resources above all.</param>
    public static JsonSerializerOptions Create(params IEnumerable<IJsonTypeInfoResolver> resolvers)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

            // Objects go to an API, not into a web page: quotes and ampersands need no \u escapes.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = Deepest,
        };
        options.Converters.Add(new TimestampConverter());
        foreach (var resolver in resolvers)
        {
            options.TypeInfoResolverChain.Add(resolver);
        }

        options.TypeInfoResolverChain.Add(KubernetesJsonContext.Default);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>The generated (de)serializer of a type.</summary>
    /// <exception cref="NotSupportedException">No context knows the type.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>(this JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
