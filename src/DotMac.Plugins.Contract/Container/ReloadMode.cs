namespace DotMac.Plugins.Contract;

/// <summary>What a changed config does to a running plugin.</summary>
public enum ReloadMode
{
    /// <summary>The operator rolls the pods; the running process keeps the config it started with. Changed secrets are still taken over.</summary>
    Restart,

    /// <summary>The plugin takes the new config over in place, if it is valid.</summary>
    Hot,
}
