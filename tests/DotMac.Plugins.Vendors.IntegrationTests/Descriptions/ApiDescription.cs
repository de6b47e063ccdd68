using System.Text.Json.Nodes;

namespace DotMac.Plugins.Vendors.IntegrationTests.Descriptions;

/// <summary>An API's description: OpenAPI 3 or Swagger 2.</summary>
/// <param name="Root">The document; changed in place.</param>
internal sealed record ApiDescription(JsonObject Root)
{
    /// <summary>The path of the server's address, without '/' at its end. Prism serves the paths without it.</summary>
    public string BasePath =>
        ((string?)Root["basePath"] ?? new Uri((string)Root["servers"]![0]!["url"]!).AbsolutePath).TrimEnd('/');

    /// <summary>Makes one description of several: vendors split theirs by subject.</summary>
    /// <param name="parts">The parts. What two of them name alike must be alike, save for its wording.</param>
    /// <returns>The whole.</returns>
    public static ApiDescription Join(IEnumerable<JsonObject> parts)
    {
        JsonObject[] all = [.. parts];
        foreach (JsonObject part in all.Skip(1))
        {
            Add(all[0], "paths", part);
            foreach ((string kind, _) in part["components"]?.AsObject() ?? [])
            {
                Add(all[0]["components"]!.AsObject(), kind, part["components"]!.AsObject());
            }
        }

        return new ApiDescription(all[0]);
    }

    private static void Add(JsonObject to, string member, JsonObject from)
    {
        JsonObject target = (to[member] ??= new JsonObject()).AsObject();
        foreach ((string name, JsonNode? value) in from[member]!.AsObject())
        {
            if (target[name] is not { } known)
            {
                target[name] = value?.DeepClone();
            }
            else if (!JsonNode.DeepEquals(WithoutWording(known), WithoutWording(value)))
            {
                throw new InvalidOperationException($"Two files describe {member}/{name}, each in its own way.");
            }
        }
    }

    private static JsonNode? WithoutWording(JsonNode? node)
    {
        JsonNode? copy = node?.DeepClone();
        (copy as JsonObject)?.Remove("description");
        return copy;
    }
}
