using System.Text.Json;
using System.Text.Json.Serialization;

namespace DotMac.Plugins.Contract.Status;

/// <summary>A health by name. A name that this version does not know reads as <see cref="HealthState.Unknown"/>.</summary>
public sealed class LenientHealthConverter : JsonConverter<HealthState>
{
    /// <inheritdoc/>
    public override HealthState Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EnumName.Read<HealthState>(ref reader) ?? HealthState.Unknown;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, HealthState value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
