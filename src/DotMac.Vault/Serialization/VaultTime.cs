using System.Globalization;

namespace DotMac.Vault.Serialization;

/// <summary>Vault's times: RFC 3339 with nanoseconds, an empty text for none.</summary>
internal static class VaultTime
{
    /// <exception cref="FormatException">Not a time.</exception>
    public static DateTimeOffset? Parse(string? text) =>
        string.IsNullOrEmpty(text) ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
