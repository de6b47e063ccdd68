using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace DotMac.StandIns.VaultAgent.Templates;

/// <summary>Fills in a template. The functions are consul-template's of the same names.</summary>
/// <param name="readSecret">Reads what <c>secret "path"</c> stands for: <c>{"Data": {"data": …, "metadata": …}}</c>.</param>
/// <param name="errorOnMissingKey">Whether a key that is not there is an error, rather than <c>&lt;no value&gt;</c>.</param>
internal sealed class TemplateRenderer(Func<string, CancellationToken, Task<JsonObject>> readSecret, bool errorOnMissingKey)
{
    // Go's own encoder escapes < > & too.
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Pretty = new(Compact) { WriteIndented = true };

    // The same path several times in a template is one read.
    private readonly Dictionary<string, JsonObject> _secrets = new(StringComparer.Ordinal);

    /// <summary>Fills in a template.</summary>
    /// <exception cref="TemplateException">It cannot be filled in.</exception>
    public async Task<string> RenderAsync(IReadOnlyList<TemplateNode> template, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        await RenderAsync(template, null, [], text, cancellationToken);
        return text.ToString();
    }

    private static bool IsTrue(JsonNode? value) => value switch
    {
        null => false,
        JsonObject o => o.Count > 0,
        JsonArray a => a.Count > 0,
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>().Length > 0,
            JsonValueKind.Number => value.ToString() is not ("0" or "0.0"),
            JsonValueKind.True => true,
            _ => false,
        },
    };

    // Go's maps come out sorted: the same secret must make the same file.
    private static JsonNode? Sorted(JsonNode? value) => value switch
    {
        JsonObject o => new JsonObject(o.OrderBy(static p => p.Key, StringComparer.Ordinal).Select(static p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => value?.DeepClone(),
    };

    private static string Json(JsonNode? value, JsonSerializerOptions options) => Sorted(value)?.ToJsonString(options) ?? "null";

    private async Task RenderAsync(
        IReadOnlyList<TemplateNode> nodes, JsonNode? dot, Dictionary<string, JsonNode?> variables, StringBuilder text, CancellationToken cancellationToken)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case TemplateNode.Literal literal:
                    text.Append(literal.Text);
                    break;
                case TemplateNode.Output output:
                    text.Append(Printed(await ValueAsync(output.Pipeline, dot, variables, cancellationToken)));
                    break;
                case TemplateNode.Block { Kind: "range" } range:
                    await RangeAsync(range, dot, variables, text, cancellationToken);
                    break;
                case TemplateNode.Block block:
                    var value = await ValueAsync(block.Pipeline, dot, variables, cancellationToken);
                    var inner = new Dictionary<string, JsonNode?>(variables);
                    if (block.Variables.Count > 0)
                    {
                        inner[block.Variables[0]] = value;
                    }

                    if (IsTrue(value))
                    {
                        await RenderAsync(block.Body, block.Kind == "with" ? value : dot, inner, text, cancellationToken);
                    }
                    else
                    {
                        await RenderAsync(block.Otherwise, dot, inner, text, cancellationToken);
                    }

                    break;
            }
        }
    }

    private async Task RangeAsync(
        TemplateNode.Block range, JsonNode? dot, Dictionary<string, JsonNode?> variables, StringBuilder text, CancellationToken cancellationToken)
    {
        var items = await ValueAsync(range.Pipeline, dot, variables, cancellationToken) switch
        {
            JsonObject o => o.OrderBy(static p => p.Key, StringComparer.Ordinal).Select(static p => (Key: (JsonNode?)JsonValue.Create(p.Key), p.Value)).ToList(),
            JsonArray a => [.. a.Select(static (item, i) => (Key: (JsonNode?)JsonValue.Create(i), Value: item))],
            null => [],
            _ => throw new TemplateException("range goes over a map or a list"),
        };
        if (items.Count == 0)
        {
            await RenderAsync(range.Otherwise, dot, variables, text, cancellationToken);
        }

        foreach (var (key, value) in items)
        {
            var inner = new Dictionary<string, JsonNode?>(variables);
            if (range.Variables.Count > 0)
            {
                inner[range.Variables[^1]] = value;
            }

            if (range.Variables.Count > 1)
            {
                inner[range.Variables[0]] = key;
            }

            await RenderAsync(range.Body, value, inner, text, cancellationToken);
        }
    }

    private async Task<JsonNode?> ValueAsync(
        IReadOnlyList<IReadOnlyList<string>> pipeline, JsonNode? dot, Dictionary<string, JsonNode?> variables, CancellationToken cancellationToken)
    {
        JsonNode? value = null;
        for (var i = 0; i < pipeline.Count; i++)
        {
            var words = pipeline[i];
            var arguments = words.Skip(1).Select(w => Operand(w, dot, variables)).ToList();
            if (i > 0)
            {
                arguments.Add(value);
            }

            value = words[0] switch
            {
                "secret" => await SecretAsync(arguments, cancellationToken),
                "index" when arguments.Count >= 2 => arguments.Skip(1).Aggregate(arguments[0], (from, key) => Field(from, key?.ToString() ?? string.Empty)),
                "toJSON" when arguments.Count == 1 => JsonValue.Create(Json(arguments[0], Compact)),
                "toUnescapedJSON" when arguments.Count == 1 => JsonValue.Create(Json(arguments[0], Unescaped)),
                "toJSONPretty" when arguments.Count == 1 => JsonValue.Create(Json(arguments[0], Pretty)),
                "print" => JsonValue.Create(string.Concat(arguments.Select(Printed))),
                "trimSpace" when arguments.Count == 1 => JsonValue.Create(Printed(arguments[0]).Trim()),
                "base64Decode" when arguments.Count == 1 => JsonValue.Create(Encoding.UTF8.GetString(Convert.FromBase64String(Printed(arguments[0])))),
                "base64Encode" when arguments.Count == 1 => JsonValue.Create(Convert.ToBase64String(Encoding.UTF8.GetBytes(Printed(arguments[0])))),
                var word when words.Count == 1 && i == 0 && (word[0] is '.' or '$' or '"' || char.IsDigit(word[0])) => Operand(word, dot, variables),
                var word => throw new TemplateException($"this stand-in's templates know no function '{word}' of {arguments.Count}"),
            };
        }

        return value;
    }

    private async Task<JsonNode?> SecretAsync(List<JsonNode?> arguments, CancellationToken cancellationToken)
    {
        if (arguments is not [JsonValue path])
        {
            throw new TemplateException("secret takes a path alone: this stand-in's templates do not write");
        }

        var name = path.ToString();
        if (!_secrets.TryGetValue(name, out var secret))
        {
            secret = _secrets[name] = await readSecret(name, cancellationToken);
        }

        return secret;
    }

    private JsonNode? Operand(string word, JsonNode? dot, Dictionary<string, JsonNode?> variables)
    {
        if (word[0] == '"')
        {
            return JsonValue.Create(word[1..]);
        }

        if (char.IsDigit(word[0]))
        {
            return JsonValue.Create(int.Parse(word, CultureInfo.InvariantCulture));
        }

        var fields = word.Split('.');
        JsonNode? value;
        if (word[0] == '$')
        {
            value = variables.TryGetValue(fields[0], out var known) ? known : throw new TemplateException($"the variable {fields[0]} is not set");
        }
        else
        {
            value = word[0] == '.' ? dot : throw new TemplateException($"this stand-in's templates know no '{word}'");
        }

        return fields.Skip(1).Where(static f => f.Length > 0).Aggregate(value, Field);
    }

    private JsonNode? Field(JsonNode? from, string key) => from switch
    {
        JsonObject o when o.TryGetPropertyValue(key, out var value) => value,
        JsonArray a when int.TryParse(key, CultureInfo.InvariantCulture, out var i) && i >= 0 && i < a.Count => a[i],
        _ when errorOnMissingKey => throw new TemplateException($"map has no entry for key \"{key}\""),
        _ => null,
    };

    private static string Printed(JsonNode? value) => value is null ? "<no value>" : value.ToString();
}
