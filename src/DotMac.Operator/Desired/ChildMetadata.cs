using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Desired;

/// <summary>Names, labels and owner of what a TenantPlugin becomes.</summary>
internal static class ChildMetadata
{
    /// <summary>The label that says who makes an object.</summary>
    public const string ManagedBy = "app.kubernetes.io/managed-by";

    /// <summary>The label that tells one TenantPlugin's pods from another's.</summary>
    public const string Instance = "app.kubernetes.io/instance";

    /// <summary>The longest value of a label.</summary>
    private const int LongestLabel = 63;

    public static V1ObjectMeta Of(DesiredInputs inputs) => new()
    {
        Name = inputs.Name,
        Namespace = inputs.Namespace,
        Labels = Labels(inputs),
        Annotations = new Dictionary<string, string>(),
        OwnerReferences = [Owner(inputs.Plugin)],
    };

    /// <summary>Who an object goes with.</summary>
    public static V1OwnerReference Owner(TenantPlugin plugin) => new()
    {
        ApiVersion = ResourceNames.ApiVersion,
        Kind = ResourceNames.TenantPluginKind,
        Name = plugin.Metadata.Name,
        Uid = plugin.Metadata.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };

    public static Dictionary<string, string> Labels(DesiredInputs inputs) => new(StringComparer.Ordinal)
    {
        ["app.kubernetes.io/name"] = inputs.Effective.Plugin,
        [Instance] = LabelValue(inputs.Name),
        ["app.kubernetes.io/version"] = LabelValue(inputs.Effective.Version),
        ["app.kubernetes.io/component"] = "plugin",
        ["app.kubernetes.io/part-of"] = "dotmac",
        [ManagedBy] = ResourceNames.FieldManager,
        [Plugins.Resources.Labels.Plugin] = inputs.Effective.Plugin,
        [Plugins.Resources.Labels.Tenant] = LabelValue(inputs.Tenant),
    };

    /// <summary>What selects the pods. It can never change on a Deployment, so it holds what never changes: the name.</summary>
    public static Dictionary<string, string> Selector(DesiredInputs inputs) => new(StringComparer.Ordinal)
    {
        [Instance] = LabelValue(inputs.Name),
        [ManagedBy] = ResourceNames.FieldManager,
    };

    /// <summary>
    /// A text as a label's value: the plus sign of build metadata, a dash at the end of a version, and names beyond 63 characters are not
    /// allowed in one.
    /// </summary>
    public static string LabelValue(string text)
    {
        var value = text.Replace('+', '_');
        return value.Length == 0 || (value.Length <= LongestLabel && char.IsAsciiLetterOrDigit(value[^1]))
            ? value
            : $"{value[..Math.Min(value.Length, LongestLabel - 9)]}-{Hashing.Short(text)}";
    }
}
