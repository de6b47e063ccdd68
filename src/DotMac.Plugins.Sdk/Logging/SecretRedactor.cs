using System.Collections.Immutable;
using System.Text.Json;

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
    private ImmutableList<string> _forms = [];

    /// <summary>Learns secrets. Those learned before stay known: a rotated one is still in flight somewhere.</summary>
    public void Add(IEnumerable<string> secrets)
    {
        string[] forms = [.. secrets.Where(secret => secret.Length >= MinLength).SelectMany(Forms)];
        ImmutableInterlocked.Update(ref _forms, known =>
        {
            // The longest first, so that a secret inside another does not leave the other's rest behind.
            ImmutableList<string> all = known.Union(forms).OrderByDescending(form => form.Length).ToImmutableList();
            return all.Count <= MaxForms ? all : forms.Distinct().OrderByDescending(form => form.Length).ToImmutableList();
        });
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

    private static IEnumerable<string> Forms(string secret) =>
    [
        secret,
        JsonEncodedText.Encode(secret).ToString(),
        JsonEncodedText.Encode(secret, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
        Uri.EscapeDataString(secret),
        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret)),
    ];
}
