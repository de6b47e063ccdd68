using System.Text.Json.Nodes;
using DotMac.Admin.Problems;
using DotMac.Kubernetes.Apply;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Revisions;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Admin.Writing;

/// <summary>To which revision a plugin is to go back, and what that changes. Pure.</summary>
internal static class RevisionChange
{
    /// <summary>The revision that is meant.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="all">Its revisions, newest first.</param>
    /// <param name="number">The one that was asked for; null for the one to go back to.</param>
    /// <exception cref="ProblemException">There is none.</exception>
    public static Revision Pick(TenantPlugin plugin, IReadOnlyList<Revision> all, long? number)
    {
        if (number is null)
        {
            return Revision.Before(all, ResourceJson.Object(plugin)["status"])
                ?? throw Refuse.Conflict("there is no earlier revision that was healthy, so that there is nothing to go back to");
        }

        return all.FirstOrDefault(known => known.Number == number) ?? throw Refuse.Invalid(new FieldError(
            "/revision",
            all.Count == 0 ? "there is none; no revision of it has become healthy yet" : $"there is no such revision; there are {string.Join(", ", all.Select(static known => known.Number).Order())}"));
    }

    /// <summary>What to change; null for nothing.</summary>
    public static JsonObject? Intent(TenantPlugin plugin, Revision revision)
    {
        var (now, then) = revision.Compare(ResourceJson.Object(plugin.Spec));
        return MergePatch.Diff(now, then) is { } change ? new JsonObject { ["spec"] = change } : null;
    }
}
