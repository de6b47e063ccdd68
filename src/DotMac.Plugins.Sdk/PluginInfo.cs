namespace DotMac.Plugins.Sdk;

/// <summary>What a plugin says of itself.</summary>
/// <param name="Id">Its id, the name of its PluginDefinition: a DNS label such as <c>twilio</c>.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Version">Its version (SemVer 2.0.0).</param>
public sealed record PluginInfo(string Id, string Name, string Version)
{
    /// <summary>What it does, for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Who wrote it.</summary>
    public string Author { get; init; } = "";

    /// <summary>What kind of service it talks to.</summary>
    public PluginCategory Category { get; init; } = PluginCategory.Custom;
}
