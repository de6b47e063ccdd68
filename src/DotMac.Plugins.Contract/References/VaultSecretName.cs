using System.Security.Cryptography;
using System.Text;

namespace DotMac.Plugins.Contract.References;

/// <summary>
/// The name of a Vault path in the injector's annotations and as a file below <see cref="Mounts.VaultSecretsDirectory"/>.
/// </summary>
public static class VaultSecretName
{
    /// <summary>
    /// The longest name: annotation names end at 63 characters and the longest one of the injector that carries a name,
    /// <c>agent-inject-template-</c>, takes 22 of them.
    /// </summary>
    public const int MaxLength = 41;

    private const int HashLength = 8;

    /// <summary>
    /// Names a path. A path that already is a DNS label of at most <see cref="MaxLength"/> characters keeps its name; any other is
    /// sanitized and gets a hash of the path as suffix, so that <c>a/b</c> and <c>a-b</c> do not share a file.
    /// </summary>
    /// <param name="path">The path of a Vault reference, <c>a/b</c> of <c>${vault:a/b/key}</c>.</param>
    /// <returns>A DNS label of at most <see cref="MaxLength"/> characters.</returns>
    public static string For(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Length <= MaxLength && DnsLabel.HasForm(path))
        {
            return path;
        }

        string sanitized = string.Concat(path.ToLowerInvariant().Select(character => DnsLabel.IsCharacter(character) ? character : '-')).Trim('-');
        string cut = sanitized[..Math.Min(sanitized.Length, MaxLength - HashLength - 1)].TrimEnd('-');
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..HashLength];
        return cut.Length == 0 ? hash : $"{cut}-{hash}";
    }
}
