using System.Text.Json.Nodes;
using DotMac.Kubernetes.Models;

namespace DotMac.Plugins.Resources.Revisions;

/// <summary>A revision of a plugin that the operator kept because it was good. Pure.</summary>
/// <param name="Number">The higher, the later it was rolled out.</param>
/// <param name="Name">Its name.</param>
/// <param name="Spec">The members of the spec that make it.</param>
/// <param name="Created">When it was kept first.</param>
public sealed record Revision(long Number, string Name, JsonObject Spec, DateTimeOffset? Created)
{
    /// <summary>Its version.</summary>
    public string Version => Spec["version"]?.GetValue<string>() ?? "?";

    /// <summary>Reads those of a plugin, newest first; what is no revision of the operator's is left out.</summary>
    /// <param name="items">ControllerRevisions.</param>
    /// <param name="uid">The plugin's uid.</param>
    public static IReadOnlyList<Revision> Of(IEnumerable<V1ControllerRevision> items, string? uid) =>
    [
        .. items
            .Where(item => item.Metadata.OwnerReferences?.Any(owner => owner.Uid == uid) == true)
            .Select(static item => item.Data is { } data && JsonNode.Parse(data.GetRawText())?["spec"] is JsonObject spec
                ? new Revision(item.Revision, item.Metadata.Name ?? string.Empty, spec, item.Metadata.CreationTimestamp)
                : null)
            .OfType<Revision>()
            .OrderByDescending(static revision => revision.Number),
    ];

    /// <summary>The one to go back to: the last good one, or the one before it where that runs.</summary>
    /// <param name="revisions">All, newest first.</param>
    /// <param name="status">The plugin's status.</param>
    public static Revision? Before(IReadOnlyList<Revision> revisions, JsonNode? status)
    {
        var current = status?["currentRevision"]?.GetValue<string>();
        var isTrying = status?["rollout"] is not null || status?["rollback"] is not null;
        return revisions.FirstOrDefault(revision => isTrying == (revision.Name == current));
    }

    /// <summary>What to change in a spec to have this revision again: its members that make a revision as they are, and as they were in this one.</summary>
    /// <param name="spec">A TenantPlugin's spec.</param>
    public (JsonObject Now, JsonObject Then) Compare(JsonObject spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return (Members(spec), Members(Spec));
    }

    private static JsonObject Members(JsonObject all) => new(RevisionFields.All.Where(all.ContainsKey).Select(name => KeyValuePair.Create(name, all[name]?.DeepClone())));
}
