using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace DotMac.Admin.Ui.Sessions;

/// <summary>
/// The keys that sessions are encrypted with, made of a secret that all replicas share: what one of them has written the others can read, and a restart
/// signs nobody out. The first line of the file is what is written with; further ones, of before a rotation, are still read.
/// </summary>
/// <param name="lines">The lines of the secret.</param>
internal sealed class SessionKeys(IReadOnlyList<string> lines) : IXmlRepository
{
    /// <summary>How many characters a key must have at least: 32 random bytes are 43 in base64.</summary>
    public const int ShortestKey = 32;

    private const string Purpose = "DotMac.Admin session key";
    private const int MasterKeyBytes = 64;
    private static readonly DateTimeOffset Beginning = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidOperationException">There is none, or no key in it.</exception>
    public static SessionKeys Read(string file)
    {
        try
        {
            var lines = File.ReadAllLines(file).Select(static line => line.Trim()).Where(static line => line.Length > 0).ToList();
            return lines.Count > 0 && lines.TrueForAll(static line => line.Length >= ShortestKey)
                ? new SessionKeys(lines)
                : throw new InvalidOperationException($"--session-key-file: each line of {file} must be a key of at least {ShortestKey} characters; make one with: openssl rand -base64 32");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"--session-key-file: {file} cannot be read: {e.Message}");
        }
    }

    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements() => [.. lines.Select(Element)];

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        // No key is ever made here: those of the file are all there are.
    }

    // As the framework stores its keys (Microsoft.AspNetCore.DataProtection, key storage format 1). The newest that is active is written with: the first line.
    private static XElement Element(string line, int at)
    {
        var master = HKDF.DeriveKey(HashAlgorithmName.SHA512, Encoding.UTF8.GetBytes(line), MasterKeyBytes, info: Encoding.UTF8.GetBytes(Purpose));
        var id = new Guid(SHA256.HashData(master).AsSpan(0, 16));
        var since = Beginning.AddDays(-at);
        return new XElement(
            "key",
            new XAttribute("id", id),
            new XAttribute("version", 1),
            new XElement("creationDate", Text(since)),
            new XElement("activationDate", Text(since)),
            new XElement("expirationDate", Text(Beginning.AddYears(1000))),
            new XElement(
                "descriptor",
                new XAttribute("deserializerType", typeof(AuthenticatedEncryptorDescriptorDeserializer).AssemblyQualifiedName!),
                new XElement(
                    "descriptor",
                    new XElement("encryption", new XAttribute("algorithm", "AES_256_CBC")),
                    new XElement("validation", new XAttribute("algorithm", "HMACSHA256")),
                    new XElement("masterKey", new XElement("value", Convert.ToBase64String(master))))));
    }

    private static string Text(DateTimeOffset time) => time.ToString("o", CultureInfo.InvariantCulture);
}
