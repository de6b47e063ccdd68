using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Operator.Reconciliation;

/// <summary>Finds plugins that need each other in a circle, so that none of them could ever start. Pure.</summary>
internal static class DependencyCycle
{
    /// <summary>The shortest circle from a version back to itself, such as <c>a → b → a</c>; null when there is none.</summary>
    /// <param name="plugin">The definition's name.</param>
    /// <param name="version">One of its versions.</param>
    /// <param name="definitions">Finds a definition by its name.</param>
    public static string? Of(string plugin, PluginVersionSpec version, Func<string, PluginDefinition?> definitions)
    {
        var start = new Node(plugin, version, null);
        var seen = new HashSet<(string, string?)>();
        var next = new Queue<Node>([start]);
        while (next.TryDequeue(out var node))
        {
            foreach (var (name, needed) in Needed(node.Version, definitions))
            {
                var found = new Node(name, needed, node);
                if (name == plugin && needed.Version == version.Version)
                {
                    return string.Join(" → ", found.Path());
                }

                if (seen.Add((name, needed.Version)))
                {
                    next.Enqueue(found);
                }
            }
        }

        return null;
    }

    private static IEnumerable<(string Plugin, PluginVersionSpec Version)> Needed(PluginVersionSpec version, Func<string, PluginDefinition?> definitions)
    {
        foreach (var dependency in version.Dependencies ?? [])
        {
            if (dependency?.Plugin is { Length: > 0 } name && definitions(name) is { } definition && DependencyRange.TryParse(dependency.Version, out var range, out _))
            {
                foreach (var fitting in (definition.Spec.Versions ?? []).Where(v => range.Contains(v?.Version)))
                {
                    yield return (name, fitting);
                }
            }
        }
    }

    private sealed record Node(string Plugin, PluginVersionSpec Version, Node? From)
    {
        public IEnumerable<string> Path() => From is null ? [Plugin] : From.Path().Append(Plugin);
    }
}
