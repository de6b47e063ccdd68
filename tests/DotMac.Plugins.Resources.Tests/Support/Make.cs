using System.Text.Json;

namespace DotMac.Plugins.Resources.Tests.Support;

/// <summary>Valid resources to change one thing of.</summary>
internal static class Make
{
    public static TenantPlugin Plugin(Action<TenantPluginSpec>? change = null)
    {
        var plugin = new TenantPlugin
        {
            Metadata = { Name = "twilio", Namespace = "tenant-acme" },
            Spec = { Plugin = "twilio", Version = "1.0.0" },
        };
        change?.Invoke(plugin.Spec);
        return plugin;
    }

    public static PluginDefinition Definition(params string[] versions) => new()
    {
        Metadata = { Name = "twilio" },
        Spec = { Versions = [.. versions.Select(version => Version(version))] },
    };

    public static PluginVersionSpec Version(string version = "1.0.0", JsonElement? schema = null) =>
        new() { Version = version, Image = $"ghcr.io/dotmac/plugin-twilio:{version}", ConfigSchema = schema };
}
