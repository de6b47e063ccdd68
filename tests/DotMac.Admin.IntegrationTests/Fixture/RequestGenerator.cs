using System.Text.Json.Nodes;
using FsCheck.Fluent;

namespace DotMac.Admin.IntegrationTests.Fixture;

/// <summary>Makes requests from the description of the API: some as they should be, some almost, some as nobody would.</summary>
internal sealed class RequestGenerator
{
    /// <summary>What stands where secrets stand.</summary>
    public const string Secret = "fuzz-5ecret-value";

    private readonly JsonNode _document;
    private readonly string _tenant;
    private readonly Random _random;
    private readonly string[] _texts;
    private readonly List<(string Method, string Path, JsonObject Operation)> _operations = [];

    public RequestGenerator(JsonNode document, string tenant, int seed)
    {
        (_document, _tenant, _random) = (document, tenant, new Random(seed));
        _texts = [.. ArbMap.Default.GeneratorFor<string>().Sample(200, 40).Where(static text => text is not null)];
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            // The change stream does not end by itself.
            foreach (var (method, operation) in item!.AsObject().Where(m => m.Key is "get" or "post" or "put" or "delete" && path != "/api/admin/changes"))
            {
                _operations.Add((method.ToUpperInvariant(), path, operation!.AsObject()));
            }
        }
    }

    /// <summary>The next one.</summary>
    public GeneratedRequest Next()
    {
        var (method, path, operation) = Of(_operations);
        var (query, headers) = (new List<string>(), new List<(string, string)>());
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var name = parameter!["name"]!.GetValue<string>();
            switch (parameter["in"]!.GetValue<string>())
            {
                case "path":
                    path = path.Replace($"{{{name}}}", Uri.EscapeDataString(Id()), StringComparison.Ordinal);
                    break;
                case "query" when Chance(40):
                    query.Add($"{name}={Uri.EscapeDataString(Value(name, parameter["schema"]!))}");
                    break;
                case "header" when Chance(20):
                    headers.Add((name, Of(["\"1\"", "*", "W/\"1\"", "x", $"key-{_random.Next(50)}"])));
                    break;
            }
        }

        if (Chance(5))
        {
            query.Add($"unknown={Uri.EscapeDataString(Text())}");
        }

        // An escaped slash or nothing at all is another path, which is answered by what says that there is none.
        var documented = operation["responses"]!.AsObject().Select(static r => r.Key).Append("404").Append("405").ToHashSet();
        return new GeneratedRequest(method, path + (query.Count > 0 ? "?" + string.Join('&', query) : string.Empty), Body(method, operation), headers, documented);
    }

    private string? Body(string method, JsonObject operation)
    {
        if (operation["requestBody"]?["content"]?["application/json"]?["schema"] is not { } schema)
        {
            return method == "GET" || Chance(90) ? null : "{}";
        }

        if (operation["operationId"]!.GetValue<string>() == "installPlugin" && Chance(20))
        {
            return AdminTenant.Twilio(_tenant, Secret, $"p{_random.Next(20)}", Chance(20));
        }

        return _random.Next(10) switch
        {
            0 => Text(),
            1 => Of(["null", "[]", "{", "\"x\"", "{\"a\":{\"a\":{}}}", new string('[', 200), "{\"plugin_id\":\"twilio\",\"plugin_id\":\"x\"}", "\"\\ud800\""]),
            _ => Json(schema, 0)?.ToJsonString() ?? "null",
        };
    }

    private JsonNode? Json(JsonNode schema, int depth)
    {
        while (schema["$ref"] is { } reference)
        {
            schema = reference.GetValue<string>().Split('/').Skip(1).Aggregate(_document, static (node, token) => node[token]!);
        }

        if (schema["properties"] is JsonObject properties)
        {
            var map = new JsonObject();
            foreach (var (name, part) in properties)
            {
                if (name == "plugin_id" ? Chance(95) : Chance(50))
                {
                    map[name] = name == "config_data" && Chance(90) ? Config() : Chance(8) ? Odd(depth) : name switch
                    {
                        "plugin_id" => Of(["twilio", "twilio", "slack", "twillio", Text()]),
                        "tenant_id" => Of([_tenant, _tenant, "nobody", Text()]),
                        "instance_id" => Id(),
                        "version" => Of(["1.0.0", "9.9.9", Text()]),
                        "dry_run" => Chance(50),
                        _ => Json(part!, depth + 1),
                    };
                }
            }

            return map;
        }

        var type = schema["type"] is JsonArray several ? several[0]!.GetValue<string>() : schema["type"]?.GetValue<string>();
        return type switch
        {
            "boolean" => Chance(50),
            "integer" => _random.Next(4) switch { 0 => int.MaxValue, 1 => -1, _ => _random.Next(1000) },
            "string" => Text(),
            "object" => new JsonObject(),
            _ => Odd(depth),
        };
    }

    private JsonObject Config()
    {
        var config = new JsonObject();
        foreach (var (name, values) in new (string, string[])[]
        {
            ("account_sid", [AdminTenant.Account, AdminTenant.Account, "AC", Text()]),
            ("auth_token", [Secret, Secret, $"{Secret}${{", $"$${{{Secret}}}", "${env:TOKEN}"]),
            ("phone_number", ["+15005550006", "+15005550006", "911"]),
            ("authToken", [Secret]),
            ("base_url", ["https://api.example.com", Text()]),
        })
        {
            if (name is "authToken" or "base_url" ? Chance(10) : Chance(90))
            {
                config[name] = Of(values);
            }
        }

        if (Chance(15))
        {
            config["events"] = new JsonObject { ["url"] = "https://example.com", ["token"] = Chance(50) ? Secret : new JsonArray(Secret) };
        }

        if (Chance(10))
        {
            config[Text()] = Odd(0);
        }

        return config;
    }

    private JsonNode? Odd(int depth) => _random.Next(8) switch
    {
        0 => null,
        1 => new JsonArray(),
        2 => new JsonObject(),
        3 => 1e300,
        4 => -1,
        5 => true,
        6 when depth < 3 => new JsonArray(Odd(depth + 1), Odd(depth + 1)),
        _ => Text(),
    };

    private string Value(string name, JsonNode schema) =>
        Chance(20) ? Text()
        : name switch
        {
            "tenant_id" => Of([_tenant, _tenant, "nobody"]),

            // Nobody acts upon what is wished for here, so that it would be waited for in vain.
            "wait" => Of(["0", "0", "1", "301", "-1"]),
            "follow" => "false",
            _ when schema["enum"] is JsonArray words => Of([.. words.Select(static w => w!.GetValue<string>())]),
            _ when schema["type"]?.ToJsonString().Contains("integer", StringComparison.Ordinal) == true => Of(["0", "1", "10", "-1", "99999999999999999999"]),
            _ when schema["type"]?.ToJsonString().Contains("boolean", StringComparison.Ordinal) == true => Of(["true", "false", "maybe"]),
            _ => Of(["twilio", "2026-01-01T00:00:00Z", "WyJ0d2lsaW8iLCIiLCIiXQ", Text()]),
        };

    private string Id() => Of(["twilio", "twilio", "twilio-2", "slack", $"p{_random.Next(20)}", "..", "a/b", "%00", Text()]) is { Length: > 0 } id ? id : "x";

    private string Text() => Of(_texts);

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Of<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];
}
