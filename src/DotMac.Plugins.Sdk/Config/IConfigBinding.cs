namespace DotMac.Plugins.Sdk.Config;

/// <summary>The host's side of <see cref="IPluginConfig{T}"/>.</summary>
internal interface IConfigBinding
{
    /// <summary>The type that the config is read into; null when the plugin has no config.</summary>
    Type? Type { get; }

    /// <summary>The config in force; null before the first.</summary>
    object? Value { get; set; }
}
