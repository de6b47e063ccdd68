namespace DotMac.Vault.KeyValue;

/// <summary>What became of a version.</summary>
public enum KeyValueState
{
    /// <summary>It can be read.</summary>
    Available,

    /// <summary>It was deleted, or came of the age at which it is; it can be brought back (<c>vault kv undelete</c>).</summary>
    Deleted,

    /// <summary>Its data is gone for good.</summary>
    Destroyed,
}
