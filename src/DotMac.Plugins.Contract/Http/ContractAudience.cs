namespace DotMac.Plugins.Contract;

/// <summary>The audiences of the projected service-account tokens that callers present.</summary>
public static class ContractAudience
{
    /// <summary>The audience of a token that is meant for a plugin.</summary>
    public const string Plugins = "plugins.dotmac.io";
}
