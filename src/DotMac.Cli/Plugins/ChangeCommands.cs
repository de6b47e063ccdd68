using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DotMac.Cli.Connections;
using DotMac.Kubernetes.Entities;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Cli.Plugins;

/// <summary><c>dotmac plugin activate</c>, <c>deactivate</c>, <c>restart</c> and <c>upgrade</c>.</summary>
internal static class ChangeCommands
{
    /// <summary>Makes them.</summary>
    public static IReadOnlyList<Command> Create(Terminal terminal) =>
    [
        new PluginChange("activate", "Has a plugin run.", "activated").Create(terminal, static (_, _, plugin, _) => Task.FromResult(Enable(plugin, true))),
        new PluginChange("deactivate", "Stops a plugin; everything else is kept.", "deactivated").Create(terminal, static (_, _, plugin, _) => Task.FromResult(Enable(plugin, false))),
        new PluginChange("restart", "Replaces a plugin's pods, one by one.", "restarted").Create(terminal, static (_, _, _, _) => Task.FromResult<JsonObject?>(Restart())),
        Upgrade(terminal),
    ];

    private static JsonObject? Enable(TenantPlugin plugin, bool enabled) =>
        (plugin.Spec?.Enabled ?? true) == enabled ? null : new JsonObject { ["spec"] = new JsonObject { ["enabled"] = enabled } };

    private static JsonObject Restart() => new()
    {
        ["metadata"] = new JsonObject
        {
            ["annotations"] = new JsonObject { [Annotations.RestartedAt] = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) },
        },
    };

    private static Command Upgrade(Terminal terminal)
    {
        var version = new Option<string?>("--version") { Description = "The version. Default: the newest release of the catalog" };
        return new PluginChange("upgrade", "Has another version run; one that does not become healthy is taken back.", "upgraded").Create(
            terminal, (parsed, cluster, plugin, cancellationToken) => UpgradeAsync(cluster, plugin, parsed.GetValue(version), cancellationToken), version);
    }

    private static async Task<JsonObject?> UpgradeAsync(Cluster cluster, TenantPlugin plugin, string? version, CancellationToken cancellationToken)
    {
        var wanted = version ?? plugin.Status?.AvailableVersions?.FirstOrDefault();
        if (wanted is null || plugin.Spec?.Version == wanted)
        {
            return null;
        }

        // Who may not read the catalog is told by Kubernetes.
        if (await cluster.Client.Resource<PluginDefinition>().GetAsync(new ObjectKey(string.Empty, plugin.Spec?.Plugin ?? string.Empty), cancellationToken) is { } definition
            && VersionResolver.Resolve(wanted, definition) is { Found: false } resolution)
        {
            throw new PluginChangeException(resolution.Error!.Message);
        }

        return new JsonObject { ["spec"] = new JsonObject { ["version"] = wanted } };
    }
}
