using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DotMac.Plugins.Resources.Serialization;

/// <summary>
/// Reads an enum by the name that stands in manifests. A name that this version does not know must not stop the reading of all objects of a
/// kind: it becomes <see cref="EnumText.Unknown{TEnum}"/>, so that validation can name the field and defaults can pass over it.
/// </summary>
/// <typeparam name="TEnum">An enum whose underlying type is int and none of whose members is -1.</typeparam>
public sealed class TolerantEnumConverter<TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    private static readonly TEnum Unknown = EnumText.Unknown<TEnum>();

    private static readonly FrozenDictionary<string, TEnum> ByName =
        Enum.GetValues<TEnum>().ToFrozenDictionary(EnumText.Of, StringComparer.Ordinal);

    private static readonly FrozenDictionary<TEnum, JsonEncodedText> ByValue =
        ByName.ToFrozenDictionary(pair => pair.Value, pair => JsonEncodedText.Encode(pair.Key));

    // The API server refuses it by name, which is better than to change what a user wrote to something else.
    private static readonly JsonEncodedText UnknownText = JsonEncodedText.Encode(EnumText.Of(Unknown));

    /// <inheritdoc />
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return Unknown;
        }

        return ByName.TryGetValue(reader.GetString()!, out var value) ? value : Unknown;
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) =>
        writer.WriteStringValue(ByValue.TryGetValue(value, out var text) ? text : UnknownText);
}
