using System.Text.Json;
using System.Text.Json.Serialization;

namespace DotMac.Plugins.Resources.Serialization;

/// <summary>
/// Reads a config without going deeper into it than any plugin would. Anybody who may write a TenantPlugin decides how deep its config is, and
/// whoever walks one that is ten thousand levels deep falls off the end of the stack: with the operator, for every tenant.
/// </summary>
public sealed class ConfigElementConverter : JsonConverter<JsonElement>
{
    /// <summary>How deep a config may be, the object itself included.</summary>
    public const int Deepest = 32;

    private const string Mark = "(nested too deep to be read)";

    private static readonly JsonElement Instead = JsonElement.Parse($"\"{Mark}\"");

    /// <summary>Whether a config was too deep, and so was not read.</summary>
    public static bool IsTooDeep(JsonElement? config) => config is { ValueKind: JsonValueKind.String } text && text.ValueEquals(Mark);

    /// <inheritdoc />
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var ahead = reader;
        var top = ahead.CurrentDepth;
        if (ahead.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            while (ahead.Read() && ahead.CurrentDepth > top)
            {
                if (ahead.CurrentDepth - top >= Deepest && ahead.TokenType is (JsonTokenType.StartObject or JsonTokenType.StartArray))
                {
                    reader.Skip();
                    return Instead;
                }
            }
        }

        return JsonElement.ParseValue(ref reader);
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => value.WriteTo(writer);
}
