namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>How secrets are to be written.</summary>
internal static class SecretAdvice
{
    /// <summary>The two forms of a reference to a secret.</summary>
    public const string Forms = "${secret:name/key} for a Kubernetes Secret or ${vault:path/key} for Vault";
}
