using System.Text.Json.Serialization;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Plugins.Resources;

/// <summary>A revision that has not proved itself yet.</summary>
public sealed class TenantPluginRollout
{
    /// <summary>The name of the revision: the TenantPlugin's, and a hash of version and config.</summary>
    public string? Revision { get; set; }

    /// <summary>Since when it is tried; spec.progressDeadlineSeconds later it must be healthy.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>The version that ran before, and runs again should the revision fail.</summary>
    public string? PreviousVersion { get; set; }

    /// <summary>How the plugin was before: what was not well then is not the new revision's fault.</summary>
    [JsonConverter(typeof(TolerantEnumConverter<HealthState>))]
    public HealthState? HealthBefore { get; set; }
}
