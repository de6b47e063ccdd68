using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;
using DotMac.Plugins.Resources.Validation.Config;

namespace DotMac.Operator.Auditing;

/// <summary>Says which operations a change of a spec amounts to, and what they change. Pure.</summary>
internal static class SpecAudit
{
    private const string Config = "config";

    /// <summary>Compares.</summary>
    /// <param name="before">The spec as it was; null when there was none.</param>
    /// <param name="after">The spec as it is; null when there is none any more.</param>
    /// <param name="schema">The config's schema; null when it is not known.</param>
    public static IReadOnlyList<SpecChange> Of(TenantPluginSpec? before, TenantPluginSpec? after, JsonElement? schema)
    {
        if (before is null || after is null)
        {
            return
            [
                new SpecChange(
                    before is null ? AuditOperations.Install : AuditOperations.Remove, [], before is null ? null : Masked(before, schema), after is null ? null : Masked(after, schema)),
            ];
        }

        var (was, isNow) = (ResourceJson.Object(before), ResourceJson.Object(after));
        var changed = new List<string>();
        Compare(was, isNow, JsonPointer.Root, changed);
        if (changed.Count == 0)
        {
            return [];
        }

        var (old, now) = (Masked(before, schema), Masked(after, schema));
        return
        [
            .. changed
                .GroupBy(pointer => OperationOf(pointer, after))
                .OrderBy(static group => group.Key, StringComparer.Ordinal)
                .Select(group => new SpecChange(group.Key, [.. group.Order(StringComparer.Ordinal)], Only(old, group), Only(now, group))),
        ];
    }

    private static string OperationOf(string pointer, TenantPluginSpec after) => pointer switch
    {
        "/enabled" => after.Enabled == false ? AuditOperations.Deactivate : AuditOperations.Activate,
        "/version" => AuditOperations.Upgrade,
        _ => AuditOperations.Configure,
    };

    private static JsonObject Masked(TenantPluginSpec spec, JsonElement? schema)
    {
        var masked = ResourceJson.Object(spec);
        if (spec.Config is { } config)
        {
            masked[Config] = ConfigMask.Of(config, schema);
        }

        return masked;
    }

    // Down to the values that differ; lists are compared whole, for their places mean nothing.
    private static void Compare(JsonNode? before, JsonNode? after, string pointer, List<string> changed)
    {
        if (before is JsonObject left && after is JsonObject right)
        {
            foreach (var name in left.Select(static member => member.Key).Union(right.Select(static member => member.Key), StringComparer.Ordinal))
            {
                Compare(left[name], right[name], JsonPointer.Append(pointer, name), changed);
            }
        }
        else if (!JsonNode.DeepEquals(before, after))
        {
            changed.Add(pointer);
        }
    }

    // The parts of a document that the pointers name, in their places.
    private static JsonObject? Only(JsonObject document, IEnumerable<string> pointers)
    {
        var only = new JsonObject();
        foreach (var pointer in pointers)
        {
            var names = pointer.Split('/').Skip(1).Select(static name => name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
            JsonNode? value = document;
            foreach (var name in names)
            {
                value = value is JsonObject map ? map[name] : null;
            }

            if (value is not null)
            {
                Put(only, names, value.DeepClone());
            }
        }

        return only.Count == 0 ? null : only;
    }

    private static void Put(JsonObject into, ReadOnlySpan<string> names, JsonNode value)
    {
        for (; names.Length > 1; names = names[1..])
        {
            if (into[names[0]] is not JsonObject next)
            {
                into[names[0]] = next = [];
            }

            into = next;
        }

        into[names[0]] = value;
    }
}
