using System.Text.Json;
using DotMac.Plugins.SendGrid.Operations;

namespace DotMac.Plugins.SendGrid.Api;

/// <summary>A mail's envelope.</summary>
internal sealed record Personalization(
    IReadOnlyList<EmailAddress> To,
    IReadOnlyList<EmailAddress>? Cc,
    IReadOnlyList<EmailAddress>? Bcc,
    IReadOnlyDictionary<string, JsonElement>? DynamicTemplateData);
