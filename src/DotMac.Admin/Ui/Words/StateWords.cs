using DotMac.Admin.Views;

namespace DotMac.Admin.Ui.Words;

/// <summary>States and health for people. Pure.</summary>
internal static class StateWords
{
    /// <summary>A state and its tone.</summary>
    public static (string Text, Tone Tone) Of(InstallationState state) => state switch
    {
        InstallationState.Active => (Strings.StateActive, Tone.Good),
        InstallationState.Installing => (Strings.StateInstalling, Tone.Busy),
        InstallationState.Pending => (Strings.StatePending, Tone.Warning),
        InstallationState.Degraded => (Strings.StateDegraded, Tone.Warning),
        InstallationState.Failed => (Strings.StateFailed, Tone.Bad),
        InstallationState.Inactive => (Strings.StateInactive, Tone.Neutral),
        InstallationState.Terminating => (Strings.StateTerminating, Tone.Busy),
        _ => (Strings.StateUnknown, Tone.Busy),
    };

    /// <summary>A health, as the API writes it, and its tone.</summary>
    public static (string Text, Tone Tone) OfHealth(string? health) => health switch
    {
        "healthy" => (Strings.HealthHealthy, Tone.Good),
        "degraded" => (Strings.HealthDegraded, Tone.Warning),
        "unhealthy" => (Strings.HealthUnhealthy, Tone.Bad),
        _ => (Strings.HealthUnknown, Tone.Neutral),
    };

    /// <summary>A category of the catalog.</summary>
    public static string OfCategory(string? category) => category switch
    {
        "communication" => Strings.CategoryCommunication,
        "billing" => Strings.CategoryBilling,
        "network-automation" => Strings.CategoryNetworkAutomation,
        "crm" => Strings.CategoryCrm,
        _ => Strings.CategoryCustom,
    };
}
