using System.Text.Json;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Apply;

/// <summary>
/// Whether what is wanted is already there. The server adds defaults and others add fields of their own, so equality is no use: every
/// field that is wanted must be there with the wanted value, and what else is there does not matter.
/// </summary>
public static class DesiredComparison
{
    // Lists that server-side apply merges by key: others may add entries. Any other list belongs to one owner as a whole, the rules of a
    // NetworkPolicy above all. Source: the x-kubernetes-list-map-keys of the API server's OpenAPI description.
    private static readonly Dictionary<(string Parent, string List), string> ListMapKeys = new()
    {
        [("spec", "containers")] = "name",
        [("spec", "initContainers")] = "name",
        [("spec", "volumes")] = "name",
        [("spec", "ports")] = "port",
        [("spec", "topologySpreadConstraints")] = "topologyKey",
        [("containers", "env")] = "name",
        [("containers", "ports")] = "containerPort",
        [("containers", "volumeMounts")] = "mountPath",
        [("initContainers", "env")] = "name",
        [("initContainers", "ports")] = "containerPort",
        [("initContainers", "volumeMounts")] = "mountPath",
        [("metadata", "ownerReferences")] = "uid",
    };

    /// <summary>The path of the first field that is not as wanted; null when all are.</summary>
    /// <param name="desired">What is wanted.</param>
    /// <param name="live">What is there.</param>
    /// <param name="name">The field that both are the values of, <c>spec</c>; empty for whole objects.</param>
    public static string? FirstDifference(JsonElement desired, JsonElement live, string name = "") =>
        Compare(desired, live, string.Empty, name, string.Empty);

    private static string? Compare(JsonElement desired, JsonElement live, string parent, string name, string path)
    {
        switch (desired.ValueKind)
        {
            case JsonValueKind.Object when live.ValueKind == JsonValueKind.Object:
                foreach (var property in desired.EnumerateObject())
                {
                    var child = $"{path}/{property.Name}";
                    if (!live.TryGetProperty(property.Name, out var other))
                    {
                        // An empty value that is wanted is as good as none: the server drops it.
                        if (IsEmpty(property.Value))
                        {
                            continue;
                        }

                        return child;
                    }

                    if (Compare(property.Value, other, name, property.Name, child) is { } difference)
                    {
                        return difference;
                    }
                }

                return null;
            case JsonValueKind.Array when live.ValueKind == JsonValueKind.Array:
                return ListMapKeys.TryGetValue((parent, name), out var key)
                    ? CompareByKey(desired, live, name, key, path)
                    : CompareInOrder(desired, live, name, path);
            case JsonValueKind.String when live.ValueKind == JsonValueKind.String:
                return desired.ValueEquals(live.GetString()) || SameQuantity(desired, live, parent) ? null : path;
            default:
                return desired.ValueKind == live.ValueKind && desired.GetRawText() == live.GetRawText() ? null : path;
        }
    }

    private static string? CompareInOrder(JsonElement desired, JsonElement live, string name, string path)
    {
        if (desired.GetArrayLength() != live.GetArrayLength())
        {
            return path;
        }

        for (var i = 0; i < desired.GetArrayLength(); i++)
        {
            if (Compare(desired[i], live[i], name, name, $"{path}/{i}") is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static string? CompareByKey(JsonElement desired, JsonElement live, string name, string key, string path)
    {
        foreach (var wanted in desired.EnumerateArray())
        {
            var id = wanted.GetProperty(key).GetRawText();
            var child = $"{path}/{id.Trim('"')}";
            JsonElement? match = null;
            foreach (var candidate in live.EnumerateArray())
            {
                if (candidate.TryGetProperty(key, out var other) && other.GetRawText() == id)
                {
                    match = candidate;
                    break;
                }
            }

            if (match is null)
            {
                return child;
            }

            if (Compare(wanted, match.Value, name, name, child) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.String => value.ValueEquals(ReadOnlySpan<byte>.Empty),
        JsonValueKind.Null => true,
        _ => false,
    };

    private static bool SameQuantity(JsonElement desired, JsonElement live, string parent) =>
        parent is "requests" or "limits" or "resources"
        && ResourceQuantity.TryParse(desired.GetString(), out var left)
        && ResourceQuantity.TryParse(live.GetString(), out var right)
        && left == right;
}
