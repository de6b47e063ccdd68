namespace DotMac.Plugins.Resources;

/// <summary>Keys of the labels that the platform reads or sets.</summary>
public static class Labels
{
    /// <summary>On a namespace: it belongs to this tenant. On children: whose they are.</summary>
    public const string Tenant = $"{ResourceNames.Group}/tenant";

    /// <summary>On children: the PluginDefinition that they run.</summary>
    public const string Plugin = $"{ResourceNames.Group}/plugin";
}
