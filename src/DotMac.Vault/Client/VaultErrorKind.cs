namespace DotMac.Vault.Client;

/// <summary>What kind of trouble it is: what callers decide by.</summary>
public enum VaultErrorKind
{
    /// <summary>Vault answered something that this client has no other word for.</summary>
    Unexpected,

    /// <summary>Vault runs and is sealed: somebody has to unseal it.</summary>
    Sealed,

    /// <summary>Vault runs and was never initialized.</summary>
    Uninitialized,

    /// <summary>No answer from a Vault at that address: network, DNS, TLS, timeout, or a proxy that answered in its place.</summary>
    Unreachable,

    /// <summary>Neither the token nor its policies allow it.</summary>
    Forbidden,

    /// <summary>Nothing there: neither the object nor, maybe, the mount.</summary>
    NotFound,

    /// <summary>Too many requests: a quota.</summary>
    RateLimited,

    /// <summary>Vault understood the request and found it wrong; sending it again cannot help.</summary>
    BadRequest,

    /// <summary>Check-and-set failed: somebody else wrote in between.</summary>
    Conflict,

    /// <summary>There is nothing to log in with: the service account's token file is missing, empty or unreadable.</summary>
    NoCredentials,
}
