using DotMac.Admin.Views;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Ui.Words;

/// <summary>Conditions in plain words, with what to do. Pure.</summary>
internal static class ConditionWords
{
    /// <summary>The part of a plugin's page where it is configured.</summary>
    public const string Configuration = "configuration";

    /// <summary>The part where its versions are.</summary>
    public const string Versions = "versions";

    /// <summary>The part with its logs.</summary>
    public const string Logs = "logs";

    // In the order in which a plugin gets on its feet.
    private static readonly string[] Order =
    [
        ConditionTypes.ConfigValid, ConditionTypes.DependenciesReady, ConditionTypes.SecretsReady, ConditionTypes.SecretsInjected, ConditionTypes.Available,
        ConditionTypes.Healthy, ConditionTypes.Paused, ConditionTypes.CallersAuthenticated,
    ];

    /// <summary>What there is to say of a plugin, what is wrong first.</summary>
    /// <param name="status">How it is.</param>
    public static IReadOnlyList<PlainCondition> Of(InstallationStatus status) =>
    [
        .. status.Conditions
            .Where(static condition => Array.IndexOf(Order, condition.Type) >= 0)
            .Where(condition => status.Enabled || condition.Type is not (ConditionTypes.Available or ConditionTypes.Healthy or ConditionTypes.SecretsInjected))
            .OrderBy(static condition => Array.IndexOf(Order, condition.Type))
            .Select(Of)
            .OrderBy(static plain => plain.Tone is Tone.Bad or Tone.Warning ? 0 : 1),
    ];

    /// <summary>A condition in plain words.</summary>
    public static PlainCondition Of(ConditionView condition)
    {
        var isTrue = condition.Status == "True";
        var isUnknown = condition.Status == "Unknown";
        var (good, bad, waiting) = condition.Type switch
        {
            ConditionTypes.ConfigValid => (Strings.ConditionConfigGood, Strings.ConditionConfigBad, Strings.ConditionConfigWaiting),
            ConditionTypes.DependenciesReady => (Strings.ConditionDependenciesGood, Strings.ConditionDependenciesBad, Strings.ConditionDependenciesWaiting),
            ConditionTypes.SecretsReady => (Strings.ConditionSecretsGood, Strings.ConditionSecretsBad, Strings.ConditionSecretsWaiting),
            ConditionTypes.SecretsInjected => (Strings.ConditionInjectedGood, Strings.ConditionInjectedBad, Strings.ConditionInjectedWaiting),
            ConditionTypes.Available => (Strings.ConditionAvailableGood, Strings.ConditionAvailableBad, Strings.ConditionAvailableWaiting),
            ConditionTypes.Healthy => (Strings.ConditionHealthyGood, Strings.ConditionHealthyBad, Strings.ConditionHealthyWaiting),
            ConditionTypes.Paused => (Strings.ConditionPaused, Strings.ConditionNotPaused, Strings.ConditionNotPaused),
            ConditionTypes.CallersAuthenticated => (Strings.ConditionCallersGood, Strings.ConditionCallersBad, Strings.ConditionCallersBad),
            _ => (condition.Type, condition.Type, condition.Type),
        };
        var tone = condition.Type == ConditionTypes.Paused ? isTrue ? Tone.Warning : Tone.Neutral
            : isTrue ? Tone.Good
            : condition.Type == ConditionTypes.CallersAuthenticated ? Tone.Warning
            : isUnknown || IsOnItsWay(condition.Reason) ? Tone.Busy : Tone.Bad;
        var (advice, tab) = isTrue && condition.Type != ConditionTypes.Paused ? (null, null) : AdviceOf(condition);
        return new PlainCondition(isTrue ? good : tone == Tone.Busy ? waiting : bad, tone, isTrue && condition.Type != ConditionTypes.Paused ? null : condition.Message, advice, tab);
    }

    private static bool IsOnItsWay(string? reason) => reason is ConditionReasons.Progressing or ConditionReasons.Pending;

    private static (string? Advice, string? Tab) AdviceOf(ConditionView condition) => condition.Reason switch
    {
        ConditionReasons.ConfigInvalid or ConditionReasons.SpecInvalid => (Strings.AdviceConfigure, Configuration),
        ConditionReasons.SecretNotFound or ConditionReasons.VaultForbidden => (Strings.AdviceSecret, Configuration),
        ConditionReasons.ChecksFailed or ConditionReasons.ChecksDegraded => (Strings.AdviceChecks, Configuration),
        ConditionReasons.CrashLoopBackOff or ConditionReasons.ContainerRestarted or ConditionReasons.PodFailed => (Strings.AdviceLogs, Logs),
        ConditionReasons.OOMKilled => (Strings.AdviceMemory, Configuration),
        ConditionReasons.ProgressDeadlineExceeded or ConditionReasons.RolledBack => (Strings.AdviceRollout, Versions),
        ConditionReasons.VersionNotFound or ConditionReasons.DefinitionNotFound or ConditionReasons.DefinitionInvalid => (Strings.AdviceVersion, Versions),
        ConditionReasons.DependencyMissing or ConditionReasons.DependencyNotReady or ConditionReasons.DependencyVersionMismatch or ConditionReasons.DependencyCycle => (Strings.AdviceDependency, null),
        ConditionReasons.VaultSealed or ConditionReasons.VaultUnavailable => (Strings.AdviceVaultWait, null),
        ConditionReasons.VaultNotConfigured or ConditionReasons.VaultNameTaken or ConditionReasons.InjectionMissing => (Strings.AdvicePlatform, null),
        ConditionReasons.TenantLimitExceeded or ConditionReasons.QuotaExceeded => (Strings.AdviceLimit, null),
        ConditionReasons.ImagePullFailed or ConditionReasons.AdmissionDenied or ConditionReasons.Unschedulable or ConditionReasons.ApplyFailed
            or ConditionReasons.SandboxFailed or ConditionReasons.NameConflict or ConditionReasons.TenantInvalid or ConditionReasons.NotATenant
            or ConditionReasons.VolumeMountFailed or ConditionReasons.ContainerNotCreated or ConditionReasons.InternalError => (Strings.AdvicePlatform, null),
        ConditionReasons.CallerAuthenticationOff => (Strings.AdviceCallers, null),
        ConditionReasons.Paused => (Strings.AdvicePaused, null),
        _ => (null, null),
    };
}
