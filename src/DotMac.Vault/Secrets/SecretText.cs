using System.Security.Cryptography;
using System.Text;

namespace DotMac.Vault.Secrets;

/// <summary>What the types that hold secrets have in common.</summary>
internal static class SecretText
{
    /// <summary>What stands wherever a secret would have been printed.</summary>
    public const string Redacted = "[redacted]";

    /// <summary>Compares without telling, by the time it takes, how much of the two agrees.</summary>
    public static bool AreEqual(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
