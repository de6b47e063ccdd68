using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.StandIns.Vendors.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DotMac.StandIns.Vendors.Mailchimp;

/// <summary>Stands in for Mailchimp's Marketing API 3.0: ping, one audience with members and tags, campaigns. Keeps everything in memory.</summary>
/// <param name="token">The API key that callers must know, without its data centre.</param>
public sealed class MailchimpStandIn(string token) : IVendorStandIn
{
    /// <summary>The only audience.</summary>
    public const string AudienceId = "a1b2c3d4e5";

    private readonly ConcurrentDictionary<string, JsonObject> _members = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, JsonObject> _campaigns = new(StringComparer.Ordinal);
    private int _last;

    /// <inheritdoc/>
    public string Name => "mailchimp";

    /// <summary>The campaigns that were made, by id.</summary>
    public IReadOnlyDictionary<string, JsonObject> Campaigns => _campaigns;

    /// <summary>The members, by the hash of their addresses.</summary>
    public IReadOnlyDictionary<string, JsonObject> Members => _members;

    /// <summary>Whether campaigns' contents are refused.</summary>
    public bool RefuseContent { get; set; }

    /// <summary>Whether contents meet a rate limit.</summary>
    public bool LimitContent { get; set; }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/3.0/ping", http => AnswerAsync(http, _ => (200, new JsonObject { ["health_status"] = "Everything's Chimpy!" })));
        routes.MapGet("/3.0/lists", http => AnswerAsync(http, _ => Lists(http)));
        routes.MapPut("/3.0/lists/{list}/members/{hash}", http => AnswerAsync(http, body => Upsert(http, body)));
        routes.MapPost("/3.0/lists/{list}/members/{hash}/tags", http => AnswerAsync(http, body => Tag(http, body)));
        routes.MapPost("/3.0/campaigns", http => AnswerAsync(http, CreateCampaign));
        routes.MapPut("/3.0/campaigns/{id}/content", http => AnswerAsync(http, body => RefuseContent
            ? Problem(400, "Invalid Resource", "The content could not be validated.", ("plain_text", "This is no text."))
            : LimitContent ? Problem(429, "Too Many Requests", "You have exceeded the limit.")
            : Change(http, campaign => campaign["content"] = body.DeepClone(), 200)));
        routes.MapPost("/3.0/campaigns/{id}/actions/schedule", http => AnswerAsync(http, body => Change(http, campaign =>
        {
            campaign["status"] = "schedule";
            campaign["send_time"] = body["schedule_time"]?.DeepClone();
        })));
        routes.MapPost("/3.0/campaigns/{id}/actions/send", http => AnswerAsync(http, _ => Change(http, static campaign => campaign["status"] = "sent")));
    }

    private static (int, JsonObject) Problem(int status, string title, string detail, params (string Field, string Message)[] errors) => (status, new JsonObject
    {
        ["type"] = "https://mailchimp.com/developer/marketing/docs/errors/",
        ["title"] = title,
        ["status"] = status,
        ["detail"] = detail,
        ["instance"] = "995c5cb0-3280-4a6e-808b-3b096d0bb219",
        ["errors"] = new JsonArray([.. errors.Select(static error => new JsonObject { ["field"] = error.Field, ["message"] = error.Message })]),
    });

    private static (int, JsonObject) NotFound() => Problem(404, "Resource Not Found", "The requested resource could not be found.");

    private async Task AnswerAsync(HttpContext http, Func<JsonObject, (int Status, JsonObject? Body)> perform)
    {
        (int status, JsonObject? answer) = await PerformAsync(http, perform);
        http.Response.StatusCode = status;
        if (answer is not null)
        {
            http.Response.ContentType = status >= 400 ? "application/problem+json" : "application/json";
            await http.Response.WriteAsync(answer.ToJsonString());
        }
    }

    private async Task<(int Status, JsonObject? Body)> PerformAsync(HttpContext http, Func<JsonObject, (int Status, JsonObject? Body)> perform)
    {
        string given = http.Request.Headers.Authorization.ToString();
        string[] pair = given.StartsWith("Basic ", StringComparison.Ordinal) ? Encoding.UTF8.GetString(Convert.FromBase64String(given[6..])).Split(':', 2) : [];
        if (pair.Length != 2 || pair[1][..Math.Max(0, pair[1].LastIndexOf('-'))] != token)
        {
            return Problem(401, "API Key Invalid", "Your API key may be invalid, or you've attempted to access the wrong datacenter.");
        }

        if (http.Request.ContentLength is null or 0)
        {
            return perform([]);
        }

        try
        {
            return perform((await JsonNode.ParseAsync(http.Request.Body))!.AsObject());
        }
        catch (JsonException)
        {
            return Problem(400, "JSON Parse Error", "We encountered an unspecified JSON parsing error.");
        }
    }

    private (int, JsonObject?) Lists(HttpContext http)
    {
        int offset = int.TryParse(http.Request.Query["offset"], CultureInfo.InvariantCulture, out int asked) ? asked : 0;
        var list = new JsonObject { ["id"] = AudienceId, ["name"] = "Customers", ["date_created"] = "2024-01-02T03:04:05+00:00", ["stats"] = new JsonObject { ["member_count"] = _members.Count } };
        return (200, new JsonObject { ["lists"] = offset == 0 ? new JsonArray(list) : [], ["total_items"] = 1 });
    }

    private (int, JsonObject?) Upsert(HttpContext http, JsonObject body)
    {
        if ($"{http.GetRouteValue("list")}" != AudienceId)
        {
            return NotFound();
        }

        string email = body["email_address"]?.GetValue<string>() ?? "";
#pragma warning disable CA5351 // Mailchimp's API prescribes it.
        string hash = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(email.ToLowerInvariant())));
#pragma warning restore CA5351
        if (hash != $"{http.GetRouteValue("hash")}" || body["status_if_new"] is null)
        {
            return Problem(400, "Invalid Resource", "The resource submitted could not be validated.", ("email_address", "The address and its hash differ, or status_if_new is missing."));
        }

        if (email.EndsWith("@example.com", StringComparison.Ordinal))
        {
            return Problem(400, "Invalid Resource", $"{email} looks fake or invalid, please enter a real email address.", ("email_address", "This address looks fake."));
        }

        if (body["merge_fields"]?["FNAME"] is JsonValue name && name.GetValueKind() != JsonValueKind.String)
        {
            return Problem(400, "Invalid Resource", "Your merge fields were invalid.", ("FNAME", "Data did not match any of the schemas."));
        }

        JsonObject member = _members.GetOrAdd(hash, _ => new JsonObject { ["id"] = hash, ["status"] = body["status_if_new"]!.DeepClone() });
        lock (member)
        {
            member["email_address"] = email;
            member["list_id"] = AudienceId;
            member["last_changed"] = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture);
            member["status"] = (body["status"] ?? member["status"])!.DeepClone();
            member["merge_fields"] = body["merge_fields"]?.DeepClone();
            return (200, (JsonObject)member.DeepClone());
        }
    }

    private (int, JsonObject?) Tag(HttpContext http, JsonObject body)
    {
        if (!_members.TryGetValue($"{http.GetRouteValue("hash")}", out JsonObject? member))
        {
            return NotFound();
        }

        lock (member)
        {
            member["tags"] = body["tags"]?.DeepClone();
        }

        return (204, null);
    }

    private (int, JsonObject?) CreateCampaign(JsonObject body)
    {
        if (body["recipients"]?["list_id"]?.GetValue<string>() != AudienceId)
        {
            return Problem(400, "Invalid Resource", "The resource submitted could not be validated.", ("recipients.list_id", "There is no such list."));
        }

        string id = string.Create(CultureInfo.InvariantCulture, $"c{Interlocked.Increment(ref _last):D9}");
        var made = (JsonObject)body.DeepClone();
        made["id"] = id;
        made["status"] = "save";
        made["create_time"] = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture);
        _campaigns[id] = made;
        return (200, (JsonObject)made.DeepClone());
    }

    private (int, JsonObject?) Change(HttpContext http, Action<JsonObject> change, int status = 204)
    {
        if (!_campaigns.TryGetValue($"{http.GetRouteValue("id")}", out JsonObject? campaign))
        {
            return NotFound();
        }

        lock (campaign)
        {
            if (campaign["status"]!.GetValue<string>() == "sent")
            {
                return Problem(400, "Invalid Action", "This campaign has already been sent.");
            }

            change(campaign);
            return (status, status == 204 ? null : (JsonObject)campaign.DeepClone());
        }
    }
}
