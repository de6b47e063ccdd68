using System.Diagnostics;
using System.Text.Json.Serialization;

namespace DotMac.Vault.Secrets;

/// <summary>A Vault token. It prints, logs and serializes as <c>[redacted]</c>; only the transport asks for its value.</summary>
[DebuggerDisplay(SecretText.Redacted)]
[JsonConverter(typeof(VaultTokenConverter))]
public sealed class VaultToken : IEquatable<VaultToken>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value;

    /// <summary>A token.</summary>
    /// <param name="value">As Vault issued it, <c>hvs.…</c> for example; printable ASCII without blanks.</param>
    /// <exception cref="ArgumentException">It cannot be a token; the message does not repeat it.</exception>
    public VaultToken(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (value.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException("a token holds printable ASCII without blanks; was something else read in its place?", nameof(value));
        }

        _value = value;
    }

    /// <summary>Two times the same token.</summary>
    public static bool operator ==(VaultToken? left, VaultToken? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Two different tokens.</summary>
    public static bool operator !=(VaultToken? left, VaultToken? right) => !(left == right);

    /// <summary>The token itself. The caller answers for where it goes.</summary>
    public string Reveal() => _value;

    /// <inheritdoc />
    public bool Equals(VaultToken? other) => other is not null && SecretText.AreEqual(_value, other._value);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as VaultToken);

    /// <summary>The same for all: see <see cref="SecretValue.GetHashCode"/>.</summary>
    public override int GetHashCode() => 0;

    /// <inheritdoc />
    public override string ToString() => SecretText.Redacted;
}
