namespace DotMac.StandIns.Vault.Core;

/// <summary>What a request wants.</summary>
internal enum Operation
{
    Read,
    List,
    Create,
    Update,
    Delete,
    Patch,
}
