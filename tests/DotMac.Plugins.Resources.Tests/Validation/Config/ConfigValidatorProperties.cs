using System.Text.Json.Nodes;
using DotMac.Plugins.Resources.Tests.Support;
using DotMac.Plugins.Resources.Validation.Config;
using FsCheck.Xunit;

namespace DotMac.Plugins.Resources.Tests.Validation.Config;

public sealed class ConfigValidatorProperties
{
    [Property(Arbitrary = [typeof(JsonGenerators)], MaxTest = 300)]
    public bool Any_schema_and_config_give_errors_without_values_and_no_exception(SchemaCase given)
    {
        // The schema may hold the marker itself, in an enum; what it allows is no secret.
        var errors = ConfigValidator.Validate(Json.Element(given.Config), Json.Element(given.Schema));
        return errors.All(error => error.Pointer.StartsWith("/spec/", StringComparison.Ordinal)
            && (given.Schema.Contains(JsonGenerators.Marker, StringComparison.Ordinal) || !error.Message.Contains(JsonGenerators.Marker, StringComparison.Ordinal)));
    }

    [Property]
    public bool Without_a_required_property_it_is_named(string[] names, byte removed)
    {
        var known = names.Where(name => !string.IsNullOrEmpty(name) && !name.Any(char.IsSurrogate)).Distinct().ToArray();
        if (known.Length == 0)
        {
            return true;
        }

        var schema = new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray([.. known.Select(name => JsonValue.Create(name))]),
            ["properties"] = new JsonObject(known.Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject { ["type"] = "string" }))),
            ["additionalProperties"] = false,
        };
        var config = new JsonObject(known.Select(name => KeyValuePair.Create(name, (JsonNode?)"${secret:a/b}")));
        var missing = known[removed % known.Length];
        var complete = ConfigValidator.Validate(Json.Element(config.ToJsonString()), Json.Element(schema.ToJsonString()));
        config.Remove(missing);
        var errors = ConfigValidator.Validate(Json.Element(config.ToJsonString()), Json.Element(schema.ToJsonString()));
        return complete.Count == 0
            && errors.Count == 1
            && errors[0].Pointer == $"/spec/config/{missing.Replace("~", "~0").Replace("/", "~1")}"
            && errors[0].Message.Contains("add it", StringComparison.Ordinal);
    }
}
