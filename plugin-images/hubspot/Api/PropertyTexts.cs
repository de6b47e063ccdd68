using System.Text.Json;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Sdk.Errors;

namespace DotMac.Plugins.HubSpot.Api;

/// <summary>Properties as HubSpot takes them: texts, all of them.</summary>
internal static class PropertyTexts
{
    /// <summary>The texts of some properties; an empty one empties a property.</summary>
    /// <exception cref="InvalidRequestException">A value is no simple one.</exception>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, JsonElement> properties, string at = "") => Of([properties], _ => at)[0];

    /// <summary>The texts of the properties of several inputs.</summary>
    /// <exception cref="InvalidRequestException">Values are no simple ones; all of them are named.</exception>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> OfInputs(IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> inputs) =>
        Of(inputs, static index => $"/inputs/{index}");

    private static List<IReadOnlyDictionary<string, string>> Of(IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> inputs, Func<int, string> at)
    {
        FieldProblem[] problems = [.. inputs.SelectMany((properties, index) => properties
            .Where(static property => property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            .Select(property => new FieldProblem(
                JsonPointer.Append($"{at(index)}/properties", property.Key), "Must be a string, a number, true, false or null; several choices are one string with ';' between them.")))];
        return problems.Length == 0
            ? [.. inputs.Select(static properties => (IReadOnlyDictionary<string, string>)properties.ToDictionary(static property => property.Key, static property => Text(property.Value)))]
            : throw new InvalidRequestException("Some properties have values that HubSpot cannot take.", problems);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
