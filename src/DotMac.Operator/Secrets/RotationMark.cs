using System.Globalization;
using System.Text.Json;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Status;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Secrets;

/// <summary>
/// What a pod template says of the secrets that its pods were made with. A template that says something else rolls the pods; it stands in the
/// cluster, so a restart of the operator rolls nothing.
/// </summary>
/// <param name="Versions">The versions, hashed; null when the template says nothing.</param>
/// <param name="At">When they came into the template.</param>
internal sealed record RotationMark(string? Versions, DateTimeOffset? At)
{
    /// <summary>Nothing.</summary>
    public static RotationMark None { get; } = new(null, null);

    /// <summary>What a Deployment's template says.</summary>
    public static RotationMark Of(Unstructured deployment)
    {
        using var body = deployment.ParseBody();
        return body.RootElement.TryGetProperty("spec", out var spec)
            && spec.TryGetProperty("template", out var template)
            && template.TryGetProperty("metadata", out var metadata)
            && metadata.TryGetProperty("annotations", out var annotations)
            && annotations.TryGetProperty(Annotations.SecretVersions, out var versions)
            && versions.ValueKind == JsonValueKind.String
                ? new RotationMark(
                    versions.GetString(),
                    annotations.TryGetProperty(Annotations.SecretVersionsSince, out var since) && since.ValueKind == JsonValueKind.String
                        && DateTimeOffset.TryParse(since.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null)
                : None;
    }

    /// <summary>What the template is to say. Pure.</summary>
    /// <param name="mode">What a changed secret does.</param>
    /// <param name="seen">The versions in Vault; null when they are not known.</param>
    /// <param name="live">What the template says.</param>
    /// <param name="interval">The least time between two rolls.</param>
    /// <param name="now">The time.</param>
    /// <returns>The mark, and when to look again because a roll is put off.</returns>
    public static (RotationMark Mark, TimeSpan? LookAgain) Next(RotationMode mode, string? seen, RotationMark live, TimeSpan interval, DateTimeOffset now)
    {
        // Not asked for, or not known: what is there stays, for its going would roll the pods as well.
        if (mode != RotationMode.Restart || seen is null || live.Versions == seen)
        {
            return (live, null);
        }

        return live is { Versions: not null, At: { } at } && now - at < interval
            ? (live, interval - (now - at))
            : (new RotationMark(seen, Timestamps.WholeSeconds(now)), null);
    }
}
