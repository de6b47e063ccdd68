using System.Text.Json;
using DotMac.Plugins.SendGrid.Operations;

namespace DotMac.Plugins.SendGrid.Api;

/// <summary>A mail's envelope. Custom arguments stand here, for SendGrid's description has no object for them in the mail itself.</summary>
internal sealed record Personalization(
    IReadOnlyList<EmailAddress> To,
    IReadOnlyList<EmailAddress>? Cc,
    IReadOnlyList<EmailAddress>? Bcc,
    IReadOnlyDictionary<string, JsonElement>? DynamicTemplateData,
    IReadOnlyDictionary<string, string>? CustomArgs);
