namespace DotMac.Plugins.Resources;

/// <summary>The types of conditions in the status of the custom resources.</summary>
public static class ConditionTypes
{
    /// <summary>The summary of all others.</summary>
    public const string Ready = "Ready";

    /// <summary>Present, and True, only while the operator still works towards the spec.</summary>
    public const string Reconciling = "Reconciling";

    /// <summary>Present, and True, only while the operator cannot get on without somebody changing something.</summary>
    public const string Stalled = "Stalled";

    /// <summary>Present, and True, only while an annotation keeps the operator from writing anything but the status.</summary>
    public const string Paused = "Paused";

    /// <summary>Present, and False, only while the spec lets callers in that do not prove who they are.</summary>
    public const string CallersAuthenticated = "CallersAuthenticated";

    /// <summary>Spec and config are valid.</summary>
    public const string ConfigValid = "ConfigValid";

    /// <summary>The plugins that this one needs are installed for the tenant, in fitting versions.</summary>
    public const string DependenciesReady = "DependenciesReady";

    /// <summary>The referenced secrets exist, and Vault's role is in place.</summary>
    public const string SecretsReady = "SecretsReady";

    /// <summary>The running pods did get their secrets.</summary>
    public const string SecretsInjected = "SecretsInjected";

    /// <summary>Enough pods are available.</summary>
    public const string Available = "Available";

    /// <summary>The plugin says that it works.</summary>
    public const string Healthy = "Healthy";
}
