using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace DotMac.Plugins.Sdk.Json;

/// <summary>The JSON schema of a request or an answer: the serializer's view, plus descriptions and the DataAnnotations that a schema can say.</summary>
internal static class SchemaExporter
{
    private static readonly JsonSchemaExporterOptions Options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Annotate };

    /// <summary>Exports the schema of a type.</summary>
    public static JsonElement Export(Type type) =>
        JsonSerializer.SerializeToElement(PluginJson.Wire.GetJsonSchemaAsNode(type, Options));

    private static JsonNode Annotate(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.PropertyInfo is not JsonPropertyInfo property || schema is not JsonObject target)
        {
            return schema;
        }

        foreach (DescriptionAttribute description in Annotations.Of<DescriptionAttribute>(property))
        {
            target["description"] = description.Description;
        }

        foreach (ValidationAttribute attribute in Annotations.Of<ValidationAttribute>(property))
        {
            Annotate(target, attribute);
        }

        return target;
    }

    private static void Annotate(JsonObject target, ValidationAttribute attribute)
    {
        switch (attribute)
        {
            case StringLengthAttribute length:
                target["maxLength"] = length.MaximumLength;
                target["minLength"] = length.MinimumLength;
                break;
            case MaxLengthAttribute { Length: > 0 } max:
                target[IsArray(target) ? "maxItems" : "maxLength"] = max.Length;
                break;
            case MinLengthAttribute min:
                target[IsArray(target) ? "minItems" : "minLength"] = min.Length;
                break;
            case RequiredAttribute { AllowEmptyStrings: false } when !target.ContainsKey("minLength") && !IsArray(target):
                target["minLength"] = 1;
                break;
            case RegularExpressionAttribute pattern:
                // The attribute wants the whole value to match; a schema's pattern matches anywhere.
                target["pattern"] = $"^(?:{pattern.Pattern})$";
                break;
            case RangeAttribute { Minimum: int low, Maximum: int high }:
                target["minimum"] = low;
                target["maximum"] = high;
                break;
        }
    }

    private static bool IsArray(JsonObject schema) => schema["type"]?.ToJsonString().Contains("array", StringComparison.Ordinal) ?? false;
}
