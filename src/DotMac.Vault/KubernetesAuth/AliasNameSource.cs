namespace DotMac.Vault.KubernetesAuth;

/// <summary>What Vault calls the one who logs in.</summary>
public enum AliasNameSource
{
    /// <summary>The service account's UID: one that is deleted and made anew is another one. Vault's default.</summary>
    ServiceAccountUid,

    /// <summary>Namespace and name of the service account.</summary>
    ServiceAccountName,
}
