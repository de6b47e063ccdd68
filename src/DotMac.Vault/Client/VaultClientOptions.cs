namespace DotMac.Vault.Client;

/// <summary>Where Vault is and how patient to be with it.</summary>
public sealed record VaultClientOptions
{
    /// <summary>Vault's address, <c>https://vault.vault:8200</c> for example; a path in it is put before every request's.</summary>
    public required Uri Address { get; init; }

    /// <summary>The Vault namespace (<c>X-Vault-Namespace</c>; Vault Enterprise and OpenBao); null for none.</summary>
    public string? Namespace { get; init; }

    /// <summary>A PEM file of the authorities that may vouch for Vault, looked at again for every new connection; null for the system's.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>The PEM file of a client certificate, looked at again for every new connection; null for none.</summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>The PEM file of the client certificate's key.</summary>
    public string? ClientKeyFile { get; init; }

    /// <summary>The name that Vault's certificate must bear, when it is not the address's; the requests' <c>Host</c> too.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>How long one try of a request may take, its answer included; <see cref="Timeout.InfiniteTimeSpan"/> for any time.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a request that may be repeated is repeated, at most. Vault's own client has 2.</summary>
    public int MaximumRetries { get; init; } = 2;

    /// <summary>The wait before the first repetition; doubled before the next, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A longer wait than this, wanted by Vault's <c>Retry-After</c>, is left to the caller (<see cref="VaultException.RetryAfter"/>).</summary>
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many redirects of a standby to follow for one request.</summary>
    public int MaximumRedirects { get; init; } = 3;

    /// <summary>A longer answer than this is an error, in bytes.</summary>
    public int MaximumAnswerBytes { get; init; } = 16 * 1024 * 1024;

    /// <exception cref="ArgumentException">Something does not fit; the message says what.</exception>
    internal void Validate()
    {
        if (Address is null || !Address.IsAbsoluteUri || (Address.Scheme != Uri.UriSchemeHttp && Address.Scheme != Uri.UriSchemeHttps)
            || Address.UserInfo.Length > 0 || Address.Query.Length > 0 || Address.Fragment.Length > 0)
        {
            throw new ArgumentException("Vault's address must be http:// or https:// with a host and maybe a port, such as https://vault.vault:8200", nameof(Address));
        }

        if (Namespace?.AsSpan().ContainsAnyExceptInRange('!', '~') == true)
        {
            throw new ArgumentException("the Vault namespace must be printable ASCII without blanks", nameof(Namespace));
        }

        if ((ClientCertificateFile is null) != (ClientKeyFile is null))
        {
            throw new ArgumentException("a client certificate needs both its file and its key's file", nameof(ClientCertificateFile));
        }

        if (RequestTimeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RequestTimeout, TimeSpan.Zero);
        }

        ArgumentOutOfRangeException.ThrowIfNegative(MaximumRetries);
        ArgumentOutOfRangeException.ThrowIfNegative(MaximumRedirects);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumAnswerBytes);
    }
}
