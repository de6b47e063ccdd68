using System.Security.Cryptography;
using System.Text;

namespace DotMac.Plugins.Mailchimp.Api;

/// <summary>Mailchimp's name for a member: the MD5 of the address in lower case. A name and no protection of anything.</summary>
internal static class SubscriberHash
{
    /// <summary>The hash, in hexadecimal.</summary>
#pragma warning disable CA5351 // Mailchimp's API prescribes it.
    public static string Of(string email) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(email.ToLowerInvariant())));
#pragma warning restore CA5351
}
