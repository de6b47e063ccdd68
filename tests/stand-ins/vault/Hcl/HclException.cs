namespace DotMac.StandIns.Vault.Hcl;

/// <summary>A text that is not HCL.</summary>
internal sealed class HclException(string message) : Exception(message);
