using System.Text.Json;
using DotMac.Plugins.Contract.References;
using Newtonsoft.Json.Linq;

namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>Turns JSON into the tokens of the schema library. Text stays text: nothing is taken for a date.</summary>
internal static class JsonTokens
{
    /// <summary>The token of a value.</summary>
    /// <param name="element">The value.</param>
    /// <param name="text">Makes the token of a string; null takes it as it is.</param>
    public static JToken Of(JsonElement element, Func<string, JToken>? text = null)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JObject();
                foreach (var property in element.EnumerateObject())
                {
                    members[property.Name] = Of(property.Value, text);
                }

                return members;
            case JsonValueKind.Array:
                return new JArray(element.EnumerateArray().Select(item => Of(item, text)).ToArray<object>());
            case JsonValueKind.String:
                return text is null ? new JValue(element.GetString()) : text(element.GetString()!);
            case JsonValueKind.Number:
                return Number(element);
            case JsonValueKind.True or JsonValueKind.False:
                return new JValue(element.GetBoolean());
            default:
                return JValue.CreateNull();
        }
    }

    /// <summary>Where a token is in its document.</summary>
    public static string Pointer(JToken? token) => token switch
    {
        null or { Parent: null } => JsonPointer.Root,
        JProperty property => JsonPointer.Append(Pointer(property.Parent), property.Name),
        { Parent: JProperty property } => Pointer(property),
        { Parent: JArray list } => JsonPointer.Append(Pointer(list), list.IndexOf(token)),
        _ => Pointer(token.Parent),
    };

    private static JValue Number(JsonElement element)
    {
        if (element.TryGetInt64(out var whole))
        {
            return new JValue(whole);
        }

        if (!element.TryGetDecimal(out var number))
        {
            // Beyond what the library can compare: the nearest that it can.
            number = element.GetRawText().StartsWith('-') ? decimal.MinValue : decimal.MaxValue;
        }

        // JSON schema counts 1.0 as an integer.
        return decimal.IsInteger(number) && Math.Abs(number) <= long.MaxValue ? new JValue((long)number) : new JValue(number);
    }
}
