using DotMac.Kubernetes.Models;

namespace DotMac.Plugins.Resources.Defaults;

/// <summary>Merges requests and limits of spec, definition and the built-in ones, amount by amount.</summary>
public static class ResourceDefaults
{
    /// <summary>What is requested when nobody says.</summary>
    public static IReadOnlyDictionary<string, ResourceQuantity> Requests { get; } =
        new Dictionary<string, ResourceQuantity>(StringComparer.Ordinal)
        {
            ["cpu"] = ResourceQuantity.Parse("50m"),
            ["memory"] = ResourceQuantity.Parse("64Mi"),
            ["ephemeral-storage"] = ResourceQuantity.Parse("64Mi"),
        };

    /// <summary>What is allowed when nobody says.</summary>
    public static IReadOnlyDictionary<string, ResourceQuantity> Limits { get; } =
        new Dictionary<string, ResourceQuantity>(StringComparer.Ordinal)
        {
            ["cpu"] = ResourceQuantity.Parse("500m"),
            ["memory"] = ResourceQuantity.Parse("256Mi"),

            // What it writes to its disk: 64Mi of /tmp at most, and the logs that the kubelet keeps.
            ["ephemeral-storage"] = ResourceQuantity.Parse("256Mi"),
        };

    /// <summary>
    /// Merges. Kubernetes refuses a request above its limit; when the two come from different layers the one that is nearer to the user
    /// wins,
    /// and within one layer the limit does.
    /// </summary>
    /// <param name="spec">What the TenantPlugin says.</param>
    /// <param name="version">What the definition says.</param>
    public static V1ResourceRequirements Merge(V1ResourceRequirements? spec, V1ResourceRequirements? version)
    {
        var requests = Layer(spec?.Requests, version?.Requests, Requests);
        var limits = Layer(spec?.Limits, version?.Limits, Limits);
        foreach (var (name, request) in requests.ToList())
        {
            if (!limits.TryGetValue(name, out var limit) || request.Amount <= limit.Amount)
            {
                continue;
            }

            if (request.Layer < limit.Layer)
            {
                limits[name] = request;
            }
            else
            {
                requests[name] = limit;
            }
        }

        return new V1ResourceRequirements { Requests = Amounts(requests), Limits = Amounts(limits) };
    }

    // Sorted, so that what is applied, and its hash, does not depend on the order in a manifest.
    private static SortedDictionary<string, (ResourceQuantity Amount, int Layer)> Layer(
        params ReadOnlySpan<IEnumerable<KeyValuePair<string, ResourceQuantity>>?> layers)
    {
        var merged = new SortedDictionary<string, (ResourceQuantity Amount, int Layer)>(StringComparer.Ordinal);
        for (var layer = 0; layer < layers.Length; layer++)
        {
            foreach (var (name, amount) in layers[layer] ?? [])
            {
                merged.TryAdd(name, (amount, layer));
            }
        }

        return merged;
    }

    private static Dictionary<string, ResourceQuantity> Amounts(SortedDictionary<string, (ResourceQuantity Amount, int Layer)> merged) =>
        merged.ToDictionary(pair => pair.Key, pair => pair.Value.Amount, StringComparer.Ordinal);
}
