namespace DotMac.Plugins.Contract.Status;

/// <summary>Where a plugin process is in its life.</summary>
public enum PluginState
{
    /// <summary>Started; config or secrets are not resolved yet, or initialize and activate have not finished.</summary>
    Initializing,

    /// <summary>Takes calls.</summary>
    Active,

    /// <summary>Takes calls, but with less or older than it was told, such as the previous config because the new one was refused. A vendor's trouble is told by the checks, not by this.</summary>
    Degraded,

    /// <summary>Deactivated: alive, takes no calls.</summary>
    Inactive,

    /// <summary>Got its signal to stop, finishes the calls it has.</summary>
    Stopping,

    /// <summary>Initialize or activate failed; it is tried again.</summary>
    Failed,
}
