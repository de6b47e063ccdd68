namespace DotMac.Operator.Auditing;

/// <summary>What is recorded of plugins; names that alerts and queries are written on, never changed once published.</summary>
internal static class AuditOperations
{
    /// <summary>A TenantPlugin was made.</summary>
    public const string Install = "install";

    /// <summary>Its spec was changed in other ways than those that have a name of their own.</summary>
    public const string Configure = "configure";

    /// <summary>It was told to run.</summary>
    public const string Activate = "activate";

    /// <summary>It was told not to run.</summary>
    public const string Deactivate = "deactivate";

    /// <summary>Another version was asked for.</summary>
    public const string Upgrade = "upgrade";

    /// <summary>It was deleted.</summary>
    public const string Remove = "remove";

    /// <summary>Its service account was let in to secrets of Vault.</summary>
    public const string GrantSecretAccess = "grant-secret-access";

    /// <summary>Its service account is no longer let in to secrets of Vault.</summary>
    public const string RevokeSecretAccess = "revoke-secret-access";

    /// <summary>Its pods are rolled because secrets changed.</summary>
    public const string RotateSecrets = "rotate-secrets";

    /// <summary>A version or config that did not become healthy was taken back.</summary>
    public const string RollBack = "roll-back";

    /// <summary>A pod was made anew because it lacked Vault's agent.</summary>
    public const string RecreatePod = "recreate-pod";
}
