using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DotMac.Plugins.Vendors.IntegrationTests.Descriptions;

/// <summary>
/// Finds parameters and fields that a description does not know. Prism lets them pass, as most vendors do: a misspelt field would be lost without a word.
/// </summary>
internal sealed class NameCheck
{
    private readonly JsonObject _root;
    private readonly (Regex Path, JsonObject Item)[] _paths;

    /// <summary>Prepares a description.</summary>
    public NameCheck(ApiDescription description)
    {
        _root = description.Root;

        // A path without a variable is meant where both would fit.
        _paths =
        [
            .. _root["paths"]!.AsObject()
                .OrderBy(static path => path.Key.Count(static c => c == '{'))
                .Select(static path => (Template(path.Key), path.Value!.AsObject())),
        ];
    }

    /// <summary>The names in a request that its description does not have.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path as the description has it.</param>
    /// <param name="query">The names in the query.</param>
    /// <param name="form">The names in the form; empty when the body is no form.</param>
    /// <param name="body">The body if it is JSON.</param>
    /// <returns>The names; none also when there is no such path, which Prism tells.</returns>
    public IEnumerable<string> Unknown(string method, string path, IEnumerable<string> query, IEnumerable<string> form, JsonNode? body)
    {
        JsonObject? item = _paths.FirstOrDefault(candidate => candidate.Path.IsMatch(path)).Item;
        if (item?[method.ToLowerInvariant()] is not JsonObject operation)
        {
            return [];
        }

        JsonObject[] parameters = [.. Parameters(item).Concat(Parameters(operation))];
        JsonObject? content = Resolve(operation["requestBody"])?["content"]?.AsObject();

        // Swagger 2 has the fields of forms among the parameters.
        IEnumerable<string>? fields = content is null
            ? Names(parameters, "formData")
            : Properties(content["application/x-www-form-urlencoded"]?["schema"])?.Select(static property => property.Key);
        return query.Select(WithoutKeys).Except(Names(parameters, "query")).Select(static name => $"the query has no {name}")
            .Concat(form.Select(WithoutKeys).Except(fields ?? form.Select(WithoutKeys)).Select(static name => $"the form has no {name}"))
            .Concat(Unknown(body, content?["application/json"]?["schema"], ""));
    }

    private static Regex Template(string path) => new($"^{Regex.Replace(Regex.Escape(path), @"\\\{[^}]*}", "[^/]+")}$", RegexOptions.CultureInvariant);

    private static IEnumerable<string> Names(IEnumerable<JsonObject> parameters, string place) =>
        parameters.Where(parameter => (string?)parameter["in"] == place).Select(static parameter => WithoutKeys((string)parameter["name"]!));

    // metadata[order] is the field metadata, expand[] the field expand.
    private static string WithoutKeys(string name) => name.Split('[')[0];

    private IEnumerable<JsonObject> Parameters(JsonObject owner) => owner["parameters"]?.AsArray().Select(Resolve).OfType<JsonObject>() ?? [];

    // Only where the schema names its properties and nothing says that there may be others.
    private IEnumerable<string> Unknown(JsonNode? value, JsonNode? schema, string pointer)
    {
        if (value is JsonArray items)
        {
            return items.SelectMany((item, index) => Unknown(item, Resolve(schema)?["items"], $"{pointer}/{index}"));
        }

        if (value is not JsonObject fields || Properties(schema) is not { } properties)
        {
            return [];
        }

        return fields.SelectMany(field => properties.TryGetPropertyValue(field.Key, out JsonNode? property)
            ? Unknown(field.Value, property, $"{pointer}/{field.Key}")
            : [$"the body has no {pointer}/{field.Key}"]);
    }

    private JsonObject? Properties(JsonNode? schema) =>
        Resolve(schema) is { } resolved && resolved["allOf"] is null && IsClosed(resolved["additionalProperties"]) ? resolved["properties"] as JsonObject : null;

    private static bool IsClosed(JsonNode? additional) => additional is null || additional.GetValueKind() == JsonValueKind.False;

    private JsonObject? Resolve(JsonNode? node)
    {
        while (node?["$ref"] is JsonNode reference)
        {
            node = ((string)reference!).Split('/').Skip(1).Aggregate((JsonNode?)_root, static (at, name) => at?[name]);
        }

        return node as JsonObject;
    }
}
