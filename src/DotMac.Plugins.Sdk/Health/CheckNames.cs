namespace DotMac.Plugins.Sdk.Health;

/// <summary>The checks that belong to the host.</summary>
internal static class CheckNames
{
    /// <summary>Whether config and secrets are resolved, valid and in force.</summary>
    public const string Config = "config";

    /// <summary>Whether initialize and activate succeeded. Present only when they did not.</summary>
    public const string Lifecycle = "lifecycle";
}
