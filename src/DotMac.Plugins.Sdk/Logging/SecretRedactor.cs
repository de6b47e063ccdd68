using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Serilog.Formatting.Json;

namespace DotMac.Plugins.Sdk.Logging;

/// <summary>
/// Replaces known secret values in text that leaves the process. A second line of defence: it knows what references resolved to, as it is and
/// as JSON, URLs and base64 write it, and nothing else.
/// </summary>
internal sealed class SecretRedactor
{
    /// <summary>Shorter values are left alone: replacing every "12" says more than it hides.</summary>
    internal const int MinLength = 4;

    private const string Replacement = "***";
    private const int MaxForms = 1000;
    private readonly Lock _lock = new();
    private volatile string[] _forms = [];

    /// <summary>Learns secrets. Those learned before stay known: a rotated one is still in flight somewhere.</summary>
    public void Add(IEnumerable<string> secrets)
    {
        string[] added = [.. secrets.Where(secret => secret.Length >= MinLength).SelectMany(Forms)];
        lock (_lock)
        {
            // The newest are kept; the longest are replaced first, so that a secret inside another does not leave the other's rest behind.
            _forms = [.. added.Concat(_forms.Except(added)).Distinct().Take(MaxForms).OrderByDescending(form => form.Length)];
        }
    }

    /// <summary>The text without the secrets.</summary>
    public string Redact(string text)
    {
        foreach (string form in _forms)
        {
            text = text.Replace(form, Replacement, StringComparison.Ordinal);
        }

        return text;
    }

    private static IEnumerable<string> Forms(string secret)
    {
        // Serilog puts strings in quotes inside a rendered message, and the line's JSON then escapes them once more.
        string quoted = secret.Replace("\"", "\\\"", StringComparison.Ordinal);
        return
        [
            secret,
            quoted,
            SerilogJson(secret),
            SerilogJson(quoted),
            JsonEncodedText.Encode(secret).ToString(),
            JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
            Uri.EscapeDataString(secret),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
        ];
    }

    private static string SerilogJson(string text)
    {
        using var output = new StringWriter();
        JsonValueFormatter.WriteQuotedJsonString(text, output);
        return output.ToString()[1..^1];
    }
}
