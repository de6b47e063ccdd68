using System.Text.Json;
using System.Text.Json.Serialization;

namespace DotMac.Plugins.Contract.Status;

/// <summary>A state by name. A name that this version does not know reads as null, so that a newer plugin can still be read.</summary>
internal sealed class LenientStateConverter : JsonConverter<PluginState?>
{
    /// <inheritdoc/>
    public override PluginState? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EnumName.Read<PluginState>(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PluginState? value, JsonSerializerOptions options)
    {
        if (value is PluginState state)
        {
            writer.WriteStringValue(state.ToString());
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
