using System.Text.Json.Nodes;

namespace DotMac.Plugins.Vendors.IntegrationTests.Descriptions;

/// <summary>What has to be changed in the vendors' descriptions before Prism can hold requests against them.</summary>
internal static class DescriptionChanges
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>Prism refuses every form field that is an array unless its encoding is told.</summary>
    public static void ForTwilio(JsonObject description)
    {
        foreach (JsonObject form in Forms(description))
        {
            form["encoding"] = new JsonObject(ArraysOf(form["schema"]!.AsObject()).Select(static name =>
                KeyValuePair.Create<string, JsonNode?>(name, new JsonObject { ["style"] = "form", ["explode"] = true })));
        }
    }

    private static IEnumerable<JsonObject> Forms(JsonObject description) =>
        description["paths"]!.AsObject()
            .SelectMany(static path => path.Value!.AsObject())
            .Select(static operation => (operation.Value as JsonObject)?["requestBody"]?["content"]?[Form])
            .OfType<JsonObject>();

    private static IEnumerable<string> ArraysOf(JsonObject schema) =>
        (schema["properties"]?.AsObject() ?? []).Where(static property => (string?)property.Value?["type"] == "array").Select(static property => property.Key);
}
