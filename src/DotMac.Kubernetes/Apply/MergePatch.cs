using System.Text.Json.Nodes;

namespace DotMac.Kubernetes.Apply;

/// <summary>JSON merge patches (RFC 7396).</summary>
public static class MergePatch
{
    /// <summary>The smallest patch that makes <paramref name="from"/> into <paramref name="to"/>; null when they are equal.</summary>
    /// <param name="from">What is there; null for nothing.</param>
    /// <param name="to">What is wanted.</param>
    public static JsonObject? Diff(JsonObject? from, JsonObject to)
    {
        var patch = new JsonObject();
        foreach (var (name, value) in to)
        {
            var before = from?[name];
            if (JsonNode.DeepEquals(before, value))
            {
                continue;
            }

            // Objects are patched field by field, everything else is replaced: that is what a merge patch does with lists.
            if (before is JsonObject left && value is JsonObject right)
            {
                // Nothing to patch when they differ in nulls alone; a null in the patch would take away the whole object.
                if (Diff(left, right) is { } inner)
                {
                    patch[name] = inner;
                }
            }
            else
            {
                patch[name] = value?.DeepClone();
            }
        }

        foreach (var (name, value) in from ?? [])
        {
            if (value is not null && !to.ContainsKey(name))
            {
                patch[name] = null;
            }
        }

        return patch.Count == 0 ? null : patch;
    }
}
