using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.StandIns.Vendors.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DotMac.StandIns.Vendors.HubSpot;

/// <summary>
/// Stands in for HubSpot's CRM API, objects v3 and associations v4, written from the public documentation: contacts, companies, deals and tickets. Keeps
/// everything in memory.
/// </summary>
/// <param name="token">The private app's token that callers must know.</param>
public sealed class HubSpotStandIn(string token) : IVendorStandIn
{
    private const int BatchSize = 100;
    private readonly Lock _turn = new();
    private readonly Dictionary<string, Dictionary<string, HubSpotRecord>> _records = HubSpotProperties.OfTypes.Keys.ToDictionary(static type => type, static _ => new Dictionary<string, HubSpotRecord>());
    private readonly HashSet<string> _associations = [];
    private long _last = 100;

    /// <inheritdoc/>
    public string Name => "hubspot";

    /// <summary>Whether the results of a batch tell their inputs. HubSpot's newer API does.</summary>
    public bool TellsTraceIds { get; set; }

    /// <summary>How many objects there are of a kind.</summary>
    /// <param name="type">The kind, such as <c>contacts</c>.</param>
    /// <returns>How many.</returns>
    public int Count(string type)
    {
        lock (_turn)
        {
            return _records[type].Count;
        }
    }

    /// <summary>Whether two objects are associated.</summary>
    /// <param name="from">The one, such as <c>contacts/101</c>.</param>
    /// <param name="to">The other.</param>
    /// <returns>Whether they are.</returns>
    public bool AreAssociated(string from, string to)
    {
        lock (_turn)
        {
            return _associations.Contains($"{from} {to}");
        }
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        const string Objects = "/crm/v3/objects/{type}";
        routes.MapGet(Objects, http => AnswerAsync(http, _ => (200, List(http))));
        routes.MapPost(Objects, http => AnswerAsync(http, body => (201, Create(Type(http), body).Json())));
        routes.MapGet(Objects + "/{id}", http => AnswerAsync(http, _ => (200, Find(http).Json(http.Request.Query.TryGetValue("properties", out var names) ? names.ToString().Split(',') : null))));
        routes.MapPatch(Objects + "/{id}", http => AnswerAsync(http, body => (200, Update(http, body))));
        routes.MapPost(Objects + "/search", http => AnswerAsync(http, body => (200, HubSpotQuery.Find(body, Rules(http), _records[Type(http)].Values))));
        routes.MapPost(Objects + "/batch/create", http => AnswerAsync(http, body => Batch(body, 201, input => (Create(Type(http), input), null))));
        routes.MapPost(Objects + "/batch/update", http => AnswerAsync(http, body => Batch(body, 200, input => (Change(Type(http), input), null))));
        routes.MapPost(Objects + "/batch/upsert", http => AnswerAsync(http, body => Batch(body, 200, input => Upsert(Type(http), input))));
        routes.MapPut("/crm/v4/objects/{type}/{id}/associations/default/{toType}/{toId}", http => AnswerAsync(http, _ => (200, Associate(http))));
    }

    private static string Type(HttpContext http) => $"{http.GetRouteValue("type")}";

    private static HubSpotProperties Rules(HttpContext http) => HubSpotProperties.OfTypes[Type(http)];

    private static HubSpotRefusal NotFound(string id) => new(404, "OBJECT_NOT_FOUND", "Object not found.  objectId are usually numeric.")
    {
        More = new JsonObject { ["context"] = new JsonObject { ["ids"] = new JsonArray(id) } },
    };

    private static async Task WriteAsync(HttpContext http, int status, JsonObject body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json;charset=utf-8";
        await http.Response.WriteAsync(body.ToJsonString());
    }

    private static async Task<JsonObject> BodyAsync(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsPut(http.Request.Method))
        {
            return [];
        }

        if (!http.Request.HasJsonContentType())
        {
            throw new HubSpotRefusal(415, "VALIDATION_ERROR", "Unsupported media type.");
        }

        try
        {
            return await JsonNode.ParseAsync(http.Request.Body) as JsonObject ?? throw HubSpotRefusal.Invalid("Invalid input JSON: an object is expected.");
        }
        catch (JsonException)
        {
            throw HubSpotRefusal.Invalid("Invalid input JSON on line 1.");
        }
    }

    private async Task AnswerAsync(HttpContext http, Func<JsonObject, (int Status, JsonObject Body)> perform)
    {
        try
        {
            if (http.Request.Headers.Authorization != $"Bearer {token}")
            {
                throw new HubSpotRefusal(401, "INVALID_AUTHENTICATION", "Authentication credentials not found. This API supports OAuth 2.0 authentication.");
            }

            if (!_records.ContainsKey(Type(http)))
            {
                throw HubSpotRefusal.Invalid($"Unable to infer object type from: {Type(http)}");
            }

            JsonObject body = await BodyAsync(http);
            int status;
            JsonObject answer;
            lock (_turn)
            {
                (status, answer) = perform(body);
            }

            await WriteAsync(http, status, answer);
        }
        catch (HubSpotRefusal refusal)
        {
            await WriteAsync(http, refusal.Status, refusal.Body());
        }
    }

    private JsonObject List(HttpContext http)
    {
        int limit = int.TryParse(http.Request.Query["limit"], out int asked) ? asked : 10;
        return new JsonObject { ["results"] = new JsonArray([.. _records[Type(http)].Values.Take(limit).Select(static record => record.Json())]) };
    }

    private HubSpotRecord Create(string type, JsonObject body)
    {
        HubSpotProperties rules = HubSpotProperties.OfTypes[type];
        Dictionary<string, string> properties = rules.Read(body["properties"], creates: true);
        RefuseTwins(type, properties, self: null);
        var record = new HubSpotRecord(++_last, rules);
        record.Write(properties);
        _records[type].Add(record.Id, record);
        return record;
    }

    private JsonObject Update(HttpContext http, JsonObject body)
    {
        HubSpotRecord record = Find(http);
        Write(Type(http), record, body);
        return record.Json();
    }

    private HubSpotRecord Change(string type, JsonObject input)
    {
        HubSpotRecord record = Find(type, input["id"]?.GetValue<string>() ?? throw HubSpotRefusal.Invalid("id is required."), input["idProperty"]?.GetValue<string>());
        Write(type, record, input);
        return record;
    }

    private (HubSpotRecord Record, bool? New) Upsert(string type, JsonObject input)
    {
        string id = input["id"]?.GetValue<string>() ?? throw HubSpotRefusal.Invalid("id is required.");
        string idProperty = input["idProperty"]?.GetValue<string>() ?? throw HubSpotRefusal.Invalid("idProperty is required.");
        HubSpotRecord? known = Known(type, id, idProperty);
        if (known is not null)
        {
            Write(type, known, input);
            return (known, false);
        }

        var body = new JsonObject { ["properties"] = input["properties"]?.DeepClone() ?? new JsonObject() };
        body["properties"]![idProperty] ??= id;
        return (Create(type, body), true);
    }

    private void Write(string type, HubSpotRecord record, JsonObject body)
    {
        Dictionary<string, string> properties = HubSpotProperties.OfTypes[type].Read(body["properties"], creates: false);
        RefuseTwins(type, properties, record);
        record.Write(properties);
    }

    private void RefuseTwins(string type, Dictionary<string, string> properties, HubSpotRecord? self)
    {
        HubSpotProperties rules = HubSpotProperties.OfTypes[type];
        HubSpotRecord? twin = _records[type].Values.FirstOrDefault(record =>
            record != self && rules.Unique.Any(name => properties.GetValueOrDefault(name) is { Length: > 0 } value && record[name] == value));
        if (twin is not null)
        {
            throw new HubSpotRefusal(409, "CONFLICT", $"{rules.Singular} already exists. Existing ID: {twin.Id}");
        }
    }

    private HubSpotRecord Find(HttpContext http) =>
        Find(Type(http), $"{http.GetRouteValue("id")}", http.Request.Query.TryGetValue("idProperty", out var idProperty) ? idProperty.ToString() : null);

    private HubSpotRecord Find(string type, string id, string? idProperty) => Known(type, id, idProperty) ?? throw NotFound(id);

    private HubSpotRecord? Known(string type, string id, string? idProperty)
    {
        if (idProperty is null)
        {
            return _records[type].GetValueOrDefault(id);
        }

        return HubSpotProperties.OfTypes[type].Unique.Contains(idProperty)
            ? _records[type].Values.FirstOrDefault(record => string.Equals(record[idProperty], id, StringComparison.OrdinalIgnoreCase))
            : throw HubSpotRefusal.Invalid($"Unable to perform update/upsert by non-unique {type} property {idProperty}");
    }

    private (int, JsonObject) Batch(JsonObject body, int success, Func<JsonObject, (HubSpotRecord Record, bool? New)> perform)
    {
        if (body["inputs"] is not JsonArray { Count: > 0 } inputs)
        {
            throw HubSpotRefusal.Invalid("inputs must not be empty.", "inputs");
        }

        if (inputs.Count > BatchSize)
        {
            throw HubSpotRefusal.Invalid($"The maximum number of inputs is {BatchSize}.", "inputs");
        }

        string[] ids = [.. inputs.Select(static input => input!["id"]?.GetValue<string>()).OfType<string>()];
        if (ids.Distinct(StringComparer.OrdinalIgnoreCase).Count() < ids.Length)
        {
            throw HubSpotRefusal.Invalid("Duplicate IDs found in batch input. IDs must be unique");
        }

        var results = new JsonArray();
        var errors = new JsonArray();

        // The last first: HubSpot promises no order.
        foreach (JsonObject input in inputs.Reverse().Select(static input => input!.AsObject()))
        {
            string? trace = input["objectWriteTraceId"]?.GetValue<string>();
            try
            {
                (HubSpotRecord record, bool? isNew) = perform(input);
                JsonObject result = record.Json();
                if (isNew is not null)
                {
                    result["new"] = isNew;
                }

                if (TellsTraceIds)
                {
                    result["objectWriteTraceId"] = trace;
                }

                results.Add(result);
            }
            catch (HubSpotRefusal refusal) when (trace is not null)
            {
                JsonObject error = refusal.Body();
                error["context"] ??= new JsonObject { ["objectWriteTraceId"] = new JsonArray(trace) };
                errors.Add(error);
            }
        }

        var answer = new JsonObject { ["status"] = "COMPLETE", ["results"] = results, ["startedAt"] = "2026-01-01T00:00:00.000Z", ["completedAt"] = "2026-01-01T00:00:00.100Z" };
        if (errors.Count == 0)
        {
            return (success, answer);
        }

        answer["numErrors"] = errors.Count;
        answer["errors"] = errors;
        return (207, answer);
    }

    private JsonObject Associate(HttpContext http)
    {
        string toType = $"{http.GetRouteValue("toType")}";
        string from = Find(Type(http), $"{http.GetRouteValue("id")}", null).Id;
        string to = _records.TryGetValue(toType, out _) ? Find(toType, $"{http.GetRouteValue("toId")}", null).Id : throw HubSpotRefusal.Invalid($"Unable to infer object type from: {toType}");
        _associations.Add($"{Type(http)}/{from} {toType}/{to}");
        _associations.Add($"{toType}/{to} {Type(http)}/{from}");
        return new JsonObject { ["status"] = "COMPLETE", ["results"] = new JsonArray(Association(from, to, 279), Association(to, from, 280)) };
    }

    private static JsonObject Association(string from, string to, int typeId) => new()
    {
        ["from"] = new JsonObject { ["id"] = from },
        ["to"] = new JsonObject { ["id"] = to },
        ["associationSpec"] = new JsonObject { ["associationCategory"] = "HUBSPOT_DEFINED", ["associationTypeId"] = typeId },
    };
}
