using System.Text.Json.Serialization;

namespace DotMac.Plugins.Contract.Status;

/// <summary>What a check found.</summary>
[JsonConverter(typeof(LenientHealthConverter))]
public enum HealthState
{
    /// <summary>Not checked yet, or the answer was not understood.</summary>
    Unknown,

    /// <summary>All well.</summary>
    Healthy,

    /// <summary>Works in part, or may be a passing trouble (a vendor that cannot be reached).</summary>
    Degraded,

    /// <summary>Does not work until somebody does something (a credential that the vendor refuses).</summary>
    Unhealthy,
}
