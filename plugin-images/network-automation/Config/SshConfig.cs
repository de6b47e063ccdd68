using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.NetworkAutomation.Config;

/// <summary>How a device is reached by SSH. Every member may come from the defaults; the credentials, password or key, do so together.</summary>
public sealed record SshConfig : IValidatableObject
{
    /// <summary>The user.</summary>
    [RegularExpression(NetworkForms.User)]
    public string? User { get; init; }

    /// <summary>The TCP port. Default: 22.</summary>
    [Range(1, 65535)]
    public int? Port { get; init; }

    /// <summary>The password: a secret. This or <see cref="PrivateKey"/>.</summary>
    [StringLength(1024, MinimumLength = 1), RegularExpression(@"[^\x00\r\n]*")]
    public string? Password { get; init; }

    /// <summary>The private key as text, without a passphrase: a secret. This or <see cref="Password"/>.</summary>
    [StringLength(32768, MinimumLength = 1)]
    public string? PrivateKey { get; init; }

    /// <summary>The device's public host keys, as <c>ssh-keyscan</c> prints them after the host's name. There is no trust on first use.</summary>
    public List<string>? HostKeys { get; init; }

    /// <summary>How long to wait for the connection. Default: 10.</summary>
    [Range(1, 120)]
    public int? ConnectTimeoutSeconds { get; init; }

    /// <summary>Also offers algorithms that OpenSSH has retired (SHA-1, CBC), for devices that know no others.</summary>
    public bool? LegacyAlgorithms { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Password is not null && PrivateKey is not null)
        {
            yield return new ValidationResult("Set password or privateKey, not both.", [nameof(PrivateKey)]);
        }

        if (PrivateKey is not null && Ssh.PrivateKeyText.Problem(PrivateKey) is string problem)
        {
            yield return new ValidationResult(problem, [nameof(PrivateKey)]);
        }

        if (HostKeys?.Any(key => !WholeMatch.Is(key, NetworkForms.HostKey)) ?? false)
        {
            yield return new ValidationResult(
                "Each must be a public key such as 'ssh-ed25519 AAAA…'. Take them from `ssh-keyscan <host>`, without the host's name, and compare them with the device's own.",
                [nameof(HostKeys)]);
        }
    }

    /// <summary>A placeholder: a record would print its secrets.</summary>
    public override string ToString() => nameof(SshConfig);
}
