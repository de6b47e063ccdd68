using System.Text.Json;

namespace DotMac.Plugins.SendGrid.Api;

/// <summary>One of the things that SendGrid finds wrong.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Field">Where, as in <c>personalizations.0.to.0.email</c>; null, or the text <c>null</c>, when it is no field.</param>
/// <param name="Help">A link, or an object.</param>
internal sealed record SendGridError(string? Message, string? Field, JsonElement? Help)
{
    /// <summary>What is wrong, and where to read more.</summary>
    public string Said =>
        (Message is { Length: > 0 } message ? message : "no reason given") + (Help is { ValueKind: JsonValueKind.String } help && help.GetString() is { Length: > 0 } link ? $" (see {link})" : "");
}
