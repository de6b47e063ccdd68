using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.References;

namespace DotMac.Plugins.Sdk.Config;

/// <summary>Puts values in the place of references. Pure but for the lookup it is given.</summary>
internal static class ConfigResolver
{
    /// <summary>Resolves a whole config. All problems are found, not only the first.</summary>
    public static ResolvedConfig Resolve(JsonElement config, Func<ConfigReference, ReferenceValue> lookup)
    {
        ConfigReferenceScan scan = ConfigReferences.Scan(config);
        var problems = scan.Errors.Select(error => new FieldProblem(error.Pointer, $"Column {error.Column}: {error.Message}")).ToList();
        var values = scan.References.Select(located => located.Reference).Distinct().ToDictionary(reference => reference, lookup);
        problems.AddRange(
            from located in scan.References
            where values[located.Reference].Problem is not null
            select new FieldProblem(located.Pointer, $"{located.Reference}: {values[located.Reference].Problem}"));
        string[] secrets = [.. values.Where(pair => pair.Key.Kind != ReferenceKind.Env).Select(pair => pair.Value.Value).OfType<string>()];
        return problems.Count > 0
            ? new ResolvedConfig(null, secrets, problems)
            : new ResolvedConfig(Render(config, reference => values[reference].Value!), secrets, []);
    }

    private static JsonNode? Render(JsonElement element, Func<ConfigReference, string> value) => element.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(
            element.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, Render(property.Value, value)))),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Select(item => Render(item, value))]),
        JsonValueKind.String => JsonValue.Create(ConfigTemplate.Parse(element.GetString()!).Render(value)),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(element.Clone()),
    };
}
