using System.Security.Cryptography;
using System.Text;

namespace DotMac.StandIns.Twilio;

/// <summary>Signs callbacks as Twilio does (https://www.twilio.com/docs/usage/security#validating-requests).</summary>
public static class CallbackSigner
{
    /// <summary>The header <c>X-Twilio-Signature</c>.</summary>
    /// <param name="authToken">The account's token.</param>
    /// <param name="url">The URL that is asked, with its query.</param>
    /// <param name="form">The form's fields; empty when the body is something else.</param>
    /// <returns>The signature.</returns>
    public static string Sign(string authToken, string url, IReadOnlyDictionary<string, string> form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var signed = new StringBuilder(url);
        foreach ((string name, string value) in form.OrderBy(static field => field.Key, StringComparer.Ordinal))
        {
            signed.Append(name).Append(value);
        }

#pragma warning disable CA5350 // Twilio's choice.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(signed.ToString())));
#pragma warning restore CA5350
    }
}
