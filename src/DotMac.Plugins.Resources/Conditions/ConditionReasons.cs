namespace DotMac.Plugins.Resources;

/// <summary>The reasons of conditions: one word each, CamelCase, never changed once published, because alerts are written on
/// them.</summary>
public static class ConditionReasons
{
    /// <summary>All is as the spec wants it.</summary>
    public const string Succeeded = "Succeeded";

    /// <summary>Not looked at yet.</summary>
    public const string Pending = "Pending";

    /// <summary>The operator is at it.</summary>
    public const string Progressing = "Progressing";

    /// <summary>Deactivated by <c>spec.enabled: false</c>.</summary>
    public const string Deactivated = "Deactivated";

    /// <summary>Being deleted.</summary>
    public const string Terminating = "Terminating";

    /// <summary>The namespace carries no tenant label.</summary>
    public const string NotATenant = "NotATenant";

    /// <summary>The namespace has a mistake that a platform administrator must correct.</summary>
    public const string TenantInvalid = "TenantInvalid";

    /// <summary>No PluginDefinition of that name.</summary>
    public const string DefinitionNotFound = "DefinitionNotFound";

    /// <summary>The PluginDefinition has errors of its own.</summary>
    public const string DefinitionInvalid = "DefinitionInvalid";

    /// <summary>The PluginDefinition has no such version.</summary>
    public const string VersionNotFound = "VersionNotFound";

    /// <summary>The spec has errors outside the config.</summary>
    public const string SpecInvalid = "SpecInvalid";

    /// <summary>The config does not fit the schema, or has malformed references.</summary>
    public const string ConfigInvalid = "ConfigInvalid";

    /// <summary>The tenant would use more than its namespace's annotations allow.</summary>
    public const string TenantLimitExceeded = "TenantLimitExceeded";

    /// <summary>The config is valid.</summary>
    public const string Valid = "Valid";

    /// <summary>A plugin that this one needs is not installed.</summary>
    public const string DependencyMissing = "DependencyMissing";

    /// <summary>A plugin that this one needs is installed in a version that does not fit.</summary>
    public const string DependencyVersionMismatch = "DependencyVersionMismatch";

    /// <summary>A plugin that this one needs is not ready.</summary>
    public const string DependencyNotReady = "DependencyNotReady";

    /// <summary>Plugins need each other in a circle.</summary>
    public const string DependencyCycle = "DependencyCycle";

    /// <summary>Every dependency is met.</summary>
    public const string DependenciesMet = "DependenciesMet";

    /// <summary>There are no dependencies.</summary>
    public const string NoDependencies = "NoDependencies";

    /// <summary>The config holds no references.</summary>
    public const string NoSecrets = "NoSecrets";

    /// <summary>Every referenced secret exists.</summary>
    public const string SecretsFound = "SecretsFound";

    /// <summary>A referenced secret, or a key of it, does not exist.</summary>
    public const string SecretNotFound = "SecretNotFound";

    /// <summary>Vault's policy or role of the plugin's name belongs to somebody else.</summary>
    public const string VaultNameTaken = "VaultNameTaken";

    /// <summary>The operator knows no Vault address.</summary>
    public const string VaultNotConfigured = "VaultNotConfigured";

    /// <summary>Vault does not answer.</summary>
    public const string VaultUnavailable = "VaultUnavailable";

    /// <summary>Vault is sealed.</summary>
    public const string VaultSealed = "VaultSealed";

    /// <summary>Vault refuses what the operator asks.</summary>
    public const string VaultForbidden = "VaultForbidden";

    /// <summary>The pods carry the agent or the mounted Secrets.</summary>
    public const string Injected = "Injected";

    /// <summary>A pod was made without the agent.</summary>
    public const string InjectionMissing = "InjectionMissing";

    /// <summary>No pods to look at.</summary>
    public const string NoPods = "NoPods";

    /// <summary>Enough pods are available.</summary>
    public const string PodsAvailable = "PodsAvailable";

    /// <summary>Too few pods are available.</summary>
    public const string PodsUnavailable = "PodsUnavailable";

    /// <summary>A container ended by itself and was started again.</summary>
    public const string ContainerRestarted = "ContainerRestarted";

    /// <summary>A container ends again and again.</summary>
    public const string CrashLoopBackOff = "CrashLoopBackOff";

    /// <summary>A container was killed for using more memory than its limit.</summary>
    public const string OOMKilled = "OOMKilled";

    /// <summary>An image cannot be pulled.</summary>
    public const string ImagePullFailed = "ImagePullFailed";

    /// <summary>A container cannot be made from its spec.</summary>
    public const string ContainerNotCreated = "ContainerNotCreated";

    /// <summary>No node takes the pod.</summary>
    public const string Unschedulable = "Unschedulable";

    /// <summary>A volume cannot be mounted.</summary>
    public const string VolumeMountFailed = "VolumeMountFailed";

    /// <summary>The node cannot set the pod up.</summary>
    public const string SandboxFailed = "SandboxFailed";

    /// <summary>The node threw the pod out, or the pod ended for good.</summary>
    public const string PodFailed = "PodFailed";

    /// <summary>The namespace's quota leaves no room for the pod.</summary>
    public const string QuotaExceeded = "QuotaExceeded";

    /// <summary>The API server refuses the pod: Pod Security, a LimitRange or an admission webhook.</summary>
    public const string AdmissionDenied = "AdmissionDenied";

    /// <summary>The Deployment made no progress in time.</summary>
    public const string ProgressDeadlineExceeded = "ProgressDeadlineExceeded";

    /// <summary>A new version or config did not become healthy in time; the last good one runs again.</summary>
    public const string RolledBack = "RolledBack";

    /// <summary>The TenantPlugin is paused by an annotation.</summary>
    public const string Paused = "Paused";

    /// <summary>The spec lets callers in that do not prove who they are.</summary>
    public const string CallerAuthenticationOff = "CallerAuthenticationOff";

    /// <summary>Every check passes.</summary>
    public const string ChecksPassed = "ChecksPassed";

    /// <summary>The plugin works in part.</summary>
    public const string ChecksDegraded = "ChecksDegraded";

    /// <summary>A check fails.</summary>
    public const string ChecksFailed = "ChecksFailed";

    /// <summary>The plugin does not answer the operator.</summary>
    public const string ProbeFailed = "ProbeFailed";

    /// <summary>An object of the plugin's name exists and is not the operator's.</summary>
    public const string NameConflict = "NameConflict";

    /// <summary>The API server refused an object.</summary>
    public const string ApplyFailed = "ApplyFailed";

    /// <summary>Something unforeseen; the operator's log has more.</summary>
    public const string InternalError = "InternalError";
}
