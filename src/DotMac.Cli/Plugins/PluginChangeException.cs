namespace DotMac.Cli.Plugins;

/// <summary>A change that cannot be made, with the way out.</summary>
internal sealed class PluginChangeException(string message) : Exception(message);
