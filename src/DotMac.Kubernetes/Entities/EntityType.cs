using System.Collections.Concurrent;
using System.Reflection;

namespace DotMac.Kubernetes.Entities;

/// <summary>Where the API server keeps a kind: everything that its URLs are made of.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version of the group.</param>
/// <param name="Kind">The kind in CamelCase.</param>
/// <param name="Plural">The resource name of the URL.</param>
/// <param name="Scope">Namespaced or of the cluster.</param>
public sealed record EntityType(string Group, string Version, string Kind, string Plural, EntityScope Scope)
{
    private static readonly ConcurrentDictionary<Type, EntityType> Known = new();

    /// <summary><c>apps/v1</c>, or <c>v1</c> for the core group.</summary>
    public string ApiVersion { get; } = Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The entity type that <typeparamref name="T"/> declares by <see cref="KubernetesEntityAttribute"/>.</summary>
    /// <exception cref="InvalidOperationException">The type carries no such attribute.</exception>
    public static EntityType Of<T>() => Of(typeof(T));

    /// <summary>The entity type that <paramref name="type"/> declares by <see cref="KubernetesEntityAttribute"/>.</summary>
    /// <exception cref="InvalidOperationException">The type carries no such attribute.</exception>
    public static EntityType Of(Type type) => Known.GetOrAdd(type, static t =>
    {
        var attribute = t.GetCustomAttribute<KubernetesEntityAttribute>()
            ?? throw new InvalidOperationException(
                $"{t.Name} has no [KubernetesEntity]; pass an EntityType to the call that needs to know its URL.");
        return new EntityType(attribute.Group, attribute.ApiVersion, attribute.Kind, attribute.PluralName, attribute.Scope);
    });

    /// <summary>The path below the server's address, without a leading slash.</summary>
    /// <param name="ns">The namespace; null or empty means all of them, or none for cluster-scoped kinds.</param>
    /// <param name="name">The object's name; null means the collection.</param>
    /// <param name="subresource"><c>status</c>, for example; null means the object itself.</param>
    public string Path(string? ns = null, string? name = null, string? subresource = null)
    {
        var root = Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";
        var place = Scope == EntityScope.Namespaced && !string.IsNullOrEmpty(ns)
            ? $"{root}/namespaces/{Uri.EscapeDataString(ns)}/{Plural}"
            : $"{root}/{Plural}";
        return (name, subresource) switch
        {
            (null, _) => place,
            (_, null) => $"{place}/{Uri.EscapeDataString(name)}",
            _ => $"{place}/{Uri.EscapeDataString(name)}/{subresource}",
        };
    }

    /// <inheritdoc />
    public override string ToString() => Group.Length == 0 ? $"{Kind}.{Version}" : $"{Kind}.{Version}.{Group}";
}
