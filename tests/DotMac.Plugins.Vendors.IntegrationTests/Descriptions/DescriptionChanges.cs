using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DotMac.Plugins.Vendors.IntegrationTests.Descriptions;

/// <summary>What has to be changed in the vendors' descriptions before Prism can hold requests against them.</summary>
internal static partial class DescriptionChanges
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

    /// <summary>The older description has not heard of templates, which bring subject and content with them; the newer one requires neither.</summary>
    public static void ForSendGrid(JsonObject description)
    {
        foreach ((string path, JsonNode? item) in description["paths"]!.AsObject())
        {
            if (path.EndsWith("/mail/send", StringComparison.Ordinal)
                && item!["post"]?["requestBody"]?["content"]?["application/json"]?["schema"]?["required"] is JsonArray required)
            {
                foreach (JsonNode name in required.Where(static name => (string?)name is "subject" or "content").OfType<JsonNode>().ToArray())
                {
                    required.Remove(name);
                }
            }
        }
    }

    /// <summary>The header <c>token</c> is said to be required everywhere; clients send <c>Authorization</c>, which Slack takes as well.</summary>
    public static void ForSlack(JsonObject description)
    {
        foreach (JsonObject parameter in description["paths"]!.AsObject()
            .SelectMany(static path => path.Value!.AsObject())
            .SelectMany(static operation => (operation.Value as JsonObject)?["parameters"]?.AsArray() ?? [])
            .OfType<JsonObject>()
            .Where(static parameter => (string?)parameter["name"] == "token"))
        {
            parameter["required"] = false;
        }
    }

    /// <summary>
    /// Stripe's objects hold each other in circles wherever an answer may be expanded; Prism follows them and does not come to an end. So only the paths of
    /// payments stay, and what could be expanded is the id that it is by default. Prism also misreads forms whose fields are said to be nested.
    /// </summary>
    public static void ForStripe(JsonObject description)
    {
        JsonObject paths = description["paths"]!.AsObject();
        foreach (string path in paths.Select(static path => path.Key).Where(static path => !StripePayments().IsMatch(path)).ToArray())
        {
            paths.Remove(path);
        }

        foreach (JsonObject form in Forms(description))
        {
            string[] arrays = [.. ArraysOf(form["schema"]!.AsObject())];
            JsonObject? encoding = form["encoding"]?.AsObject();
            foreach (string name in encoding?.Select(static field => field.Key).Except(arrays).ToArray() ?? [])
            {
                encoding!.Remove(name);
            }
        }

        Collapse(description["components"]!);
    }

    [GeneratedRegex(@"^/v1/(balance|charges|customers|payment_intents|refunds)(/\{[a-z_]+\}(/(cancel|capture|confirm))?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex StripePayments();

    private static void Collapse(JsonNode node)
    {
        foreach (JsonNode child in Children(node))
        {
            if (child is JsonObject schema && schema.ContainsKey("x-expansionResources"))
            {
                schema.ReplaceWith(new JsonObject { ["type"] = "string", ["nullable"] = (bool?)schema["nullable"] ?? false });
            }
            else
            {
                Collapse(child);
            }
        }
    }

    private static JsonNode[] Children(JsonNode node) => node switch
    {
        JsonObject members => [.. members.Select(static member => member.Value).OfType<JsonNode>()],
        JsonArray items => [.. items.OfType<JsonNode>()],
        _ => [],
    };

    private static IEnumerable<JsonObject> Forms(JsonObject description) =>
        description["paths"]!.AsObject()
            .SelectMany(static path => path.Value!.AsObject())
            .Select(static operation => (operation.Value as JsonObject)?["requestBody"]?["content"]?[Form])
            .OfType<JsonObject>();

    private static IEnumerable<string> ArraysOf(JsonObject schema) =>
        (schema["properties"]?.AsObject() ?? []).Where(static property => (string?)property.Value?["type"] == "array").Select(static property => property.Key);
}
