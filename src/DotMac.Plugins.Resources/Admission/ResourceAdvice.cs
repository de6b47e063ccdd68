using DotMac.Kubernetes.Models;

namespace DotMac.Plugins.Resources.Admission;

/// <summary>Compares what a tenant asks for with what the plugin's author thinks enough. Pure.</summary>
public static class ResourceAdvice
{
    /// <summary>A warning for each resource of which much more is asked for than advised.</summary>
    /// <param name="wanted">What the spec says.</param>
    /// <param name="advised">What the definition says.</param>
    public static IEnumerable<string> Of(V1ResourceRequirements? wanted, V1ResourceRequirements? advised)
    {
        foreach (var (name, quantity) in wanted?.Limits ?? new Dictionary<string, ResourceQuantity>())
        {
            if (advised?.Limits?.TryGetValue(name, out var enough) == true && quantity.Value > enough.Value * 4)
            {
                yield return $"/spec/resources/limits/{name}: {quantity} is more than four times what the definition advises ({enough})";
            }
        }
    }
}
