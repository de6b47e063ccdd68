using System.Text.Json.Serialization;

namespace DotMac.Admin.Views;

/// <summary>The state of an installed plugin in one word.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<InstallationState>))]
public enum InstallationState
{
    /// <summary>The operator has not looked at it yet.</summary>
    Unknown,

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

    /// <summary>It is being removed.</summary>
    Terminating,
}
