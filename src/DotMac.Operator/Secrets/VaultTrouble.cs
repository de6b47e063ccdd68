using DotMac.Operator.Reconciliation;
using DotMac.Plugins.Resources;
using DotMac.Vault.Client;

namespace DotMac.Operator.Secrets;

/// <summary>What Vault's refusals mean for a plugin. Pure.</summary>
internal static class VaultTrouble
{
    private const string Untouched = "Pods that run are left alone, and the operator tries again";

    /// <summary>Whether every plugin is in the same trouble, so that asking for each of them would only be noise.</summary>
    public static bool IsForAll(VaultException error) =>
        error.Kind is VaultErrorKind.Sealed or VaultErrorKind.Uninitialized or VaultErrorKind.Unreachable or VaultErrorKind.RateLimited or VaultErrorKind.NoCredentials
        || (error.Kind == VaultErrorKind.Unexpected && error.IsTransient);

    /// <summary>The condition.</summary>
    public static Verdict Of(VaultException error) => error.Kind switch
    {
        VaultErrorKind.Sealed => Unknown(ConditionReasons.VaultSealed, "Vault is sealed; somebody must unseal it"),
        VaultErrorKind.Uninitialized => Unknown(ConditionReasons.VaultSealed, "Vault was never initialized"),
        VaultErrorKind.Forbidden or VaultErrorKind.NoCredentials => Unknown(
            ConditionReasons.VaultForbidden, $"Vault does not let the operator look: {error.Message.TrimEnd('.')}. See docs/security.md for the policy that the operator needs"),
        _ => Unknown(ConditionReasons.VaultUnavailable, error.Message),
    };

    private static Verdict Unknown(string reason, string message) => Verdict.Unknown(reason, $"{message.TrimEnd('.')}. {Untouched}");
}
