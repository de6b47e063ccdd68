using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DotMac.Admin.Json;

/// <summary>How the API writes and reads JSON.</summary>
internal static class AdminJson
{
    /// <summary>The options.</summary>
    public static JsonSerializerOptions Options { get; } = Configured(new JsonSerializerOptions());

    /// <summary>How a type is written.</summary>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>Sets options up.</summary>
    public static JsonSerializerOptions Configured(JsonSerializerOptions options)
    {
        options.TypeInfoResolverChain.Insert(0, AdminJsonContext.Default);
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = 64;

        // People read it in terminals. It is never put into a page of HTML, and browsers are told not to take it for one.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return options;
    }
}
