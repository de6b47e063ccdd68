using System.Text.Json;
using System.Text.RegularExpressions;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.HubSpot.Operations;

namespace DotMac.Plugins.HubSpot.Api;

/// <summary>Where in the caller's request the things stand that HubSpot names: JSON pointers.</summary>
/// <param name="Whole">What a refusal is about that names nothing.</param>
/// <param name="OfProperty">Where a property stands; null when the request does not have it.</param>
internal sealed partial record RequestPlaces(string Whole, Func<string, string?> OfProperty)
{
    /// <summary>Where the name of the unique property stands; null when the request has none.</summary>
    public string? IdProperty { get; init; }

    /// <summary>A request with properties, which may lack one that HubSpot requires.</summary>
    /// <param name="at">The object that has them; empty: the whole request.</param>
    public static RequestPlaces Properties(string at = "") => new($"{at}/properties", name => JsonPointer.Append($"{at}/properties", name)) { IdProperty = "/idProperty" };

    /// <summary>An upsert: one of its properties stands beside the others.</summary>
    public static RequestPlaces Upsert(string idProperty, IReadOnlyDictionary<string, JsonElement> properties, string at = "") =>
        new($"{at}/properties", name => name == idProperty && !properties.ContainsKey(name) ? $"{at}/id" : JsonPointer.Append($"{at}/properties", name)) { IdProperty = "/idProperty" };

    /// <summary>A batch that was refused as a whole: a property can be told only if one input alone has it.</summary>
    public static RequestPlaces Batch(IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> inputs) => new("/inputs", name =>
    {
        int[] having = [.. Enumerable.Range(0, inputs.Count).Where(index => inputs[index].ContainsKey(name))];
        return having is [int only] ? JsonPointer.Append($"/inputs/{only}/properties", name) : null;
    })
    {
        IdProperty = "/idProperty",
    };

    /// <summary>A request for an object.</summary>
    public static RequestPlaces Object(string whole = "/id") => new(whole, static _ => null) { IdProperty = "/idProperty" };

    /// <summary>A search.</summary>
    public static RequestPlaces Search(SearchObjectsRequest request) => new("", name =>
    {
        for (int group = 0; group < request.FilterGroups?.Count; group++)
        {
            IReadOnlyList<SearchFilter> filters = request.FilterGroups[group].Filters;
            for (int filter = 0; filter < filters.Count; filter++)
            {
                if (filters[filter].PropertyName == name)
                {
                    return $"/filterGroups/{group}/filters/{filter}/propertyName";
                }
            }
        }

        return request.Sorts is { Count: > 0 } && request.Sorts[0].PropertyName == name ? "/sorts/0/propertyName" : null;
    });

    /// <summary>Where a problem is.</summary>
    public string Of(HubSpotProblem problem) =>
        problem.Property is { } property && OfProperty(property) is { } known ? known
        : problem.Message.Contains("non-unique", StringComparison.Ordinal) && IdProperty is not null ? IdProperty
        : problem.In is { } place && PathForm().IsMatch(place) ? Pointer(place)
        : Whole;

    // "filterGroups[0].filters[1].operator": HubSpot's names are the caller's.
    private static string Pointer(string path) =>
        path.Replace("]", "", StringComparison.Ordinal).Split('.', '[').Aggregate(JsonPointer.Root, JsonPointer.Append);

    [GeneratedRegex(@"^(filterGroups|sorts|query|properties|limit|after|inputs)(\[[0-9]+\]|\.[A-Za-z0-9_]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathForm();
}
