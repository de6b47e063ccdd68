using System.Text.Json.Serialization;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Plugins.Resources;

/// <summary>The state of a TenantPlugin in one word.</summary>
[JsonConverter(typeof(TolerantEnumConverter<PluginPhase>))]
public enum PluginPhase
{
    /// <summary>Something is missing before it can be installed.</summary>
    Pending,

    /// <summary>Its objects are being made or rolled.</summary>
    Installing,

    /// <summary>It runs and is healthy.</summary>
    Active,

    /// <summary>It runs, but not as it should.</summary>
    Degraded,

    /// <summary>It does not run, and will not until somebody changes something.</summary>
    Failed,

    /// <summary>It is deactivated.</summary>
    Inactive,

    /// <summary>It is being deleted.</summary>
    Terminating,
}
