using System.Text.Json;
using DotMac.Plugins.Sdk.Webhooks;
using Microsoft.AspNetCore.WebUtilities;

namespace DotMac.Plugins.Twilio.Webhooks;

/// <summary>Reads the fields of a callback.</summary>
internal static class CallbackBody
{
    private const string FormType = "application/x-www-form-urlencoded";

    /// <summary>Whether the body is a form.</summary>
    public static bool IsForm(WebhookRequest request) =>
        request.Header("Content-Type").Split(';')[0].Trim().Equals(FormType, StringComparison.OrdinalIgnoreCase);

    /// <summary>The fields of a form, which the signature is over.</summary>
    /// <returns>The fields; null when there are absurdly many or long ones.</returns>
    public static IReadOnlyList<KeyValuePair<string, string>>? Form(WebhookRequest request)
    {
        try
        {
            using var reader = new FormReader(request.Text());
            return [.. reader.ReadForm().SelectMany(static field => field.Value, static (field, value) => KeyValuePair.Create(field.Key, value ?? ""))];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The fields of a form, or of a JSON object: what of it is text or a number.</summary>
    /// <returns>The fields; none when the body is something else.</returns>
    public static IReadOnlyDictionary<string, string> Fields(WebhookRequest request)
    {
        IEnumerable<KeyValuePair<string, string>> fields = IsForm(request) ? Form(request) ?? [] : Json(request);
        return fields.DistinctBy(static field => field.Key).ToDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<KeyValuePair<string, string>> Json(WebhookRequest request)
    {
        try
        {
            var root = JsonElement.Parse(request.Body.Span);
            return root.ValueKind == JsonValueKind.Object
                ? root.EnumerateObject()
                    .Where(static member => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    .Select(static member => KeyValuePair.Create(member.Name, member.Value.ToString()))
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
