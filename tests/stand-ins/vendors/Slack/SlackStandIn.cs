using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.StandIns.Vendors.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace DotMac.StandIns.Vendors.Slack;

/// <summary>
/// Stands in for Slack's Web API and its server of files: messages, channels, uploads. Says no as Slack does, with status 200. Keeps everything in memory.
/// </summary>
/// <param name="token">The bot's token that callers must know.</param>
public sealed class SlackStandIn(string token) : IVendorStandIn
{
    /// <summary>A channel that the bot is in.</summary>
    public const string General = "C0000000001";

    /// <summary>A channel that the bot is not in.</summary>
    public const string Foreign = "C0000000002";

    /// <summary>A channel that is closed.</summary>
    public const string Archived = "C0000000003";

    /// <summary>A user who is in <see cref="General"/>.</summary>
    public const string Member = "U0000000001";

    /// <summary>A user who is not.</summary>
    public const string Stranger = "U0000000002";

    // So many that lists have pages.
    private const int FirstOther = 100;
    private const int Others = 250;

    private static readonly JsonObject[] Channels =
    [
        Channel(General, "general"),
        Channel(Foreign, "foreign", isMember: false),
        Channel(Archived, "archived", isArchived: true),
        Channel("G0000000004", "secret", isPrivate: true),
        new JsonObject { ["id"] = "D0000000005", ["is_im"] = true, ["is_archived"] = false, ["user"] = Member },
        .. Enumerable.Range(FirstOther, Others).Select(static number => Channel(string.Create(CultureInfo.InvariantCulture, $"C{number:D10}"), $"other-{number}")),
    ];

    private readonly ConcurrentDictionary<string, JsonObject> _messages = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StandInFile> _files = new(StringComparer.Ordinal);
    private int _last;

    /// <inheritdoc/>
    public string Name => "slack";

    /// <summary>How many messages were posted.</summary>
    public int MessageCount => _messages.Count;

    /// <summary>The files that were uploaded to their end.</summary>
    public IReadOnlyList<StandInFile> SharedFiles => [.. _files.Values.Where(static file => file.IsComplete)];

    /// <summary>A message as it is now.</summary>
    /// <param name="ts">Its name.</param>
    /// <returns>The message.</returns>
    public JsonElement Message(string ts) => JsonSerializer.SerializeToElement(_messages[ts]);

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        Method(routes, "auth.test", static _ => new JsonObject
        {
            ["ok"] = true,
            ["url"] = "https://acme.slack.example/",
            ["team"] = "Acme",
            ["user"] = "dotmac",
            ["team_id"] = "T0000000001",
            ["user_id"] = "U0000000009",
            ["bot_id"] = "B0000000001",
        });
        Method(routes, "chat.postMessage", form => Content(form) ?? Reachable(form) ?? Post(form));
        Method(routes, "chat.postEphemeral", form => Content(form) ?? Reachable(form) ?? User(form) ?? new JsonObject { ["ok"] = true, ["message_ts"] = NextTs() });
        Method(routes, "chat.update", form => Content(form) ?? Reachable(form) ?? Update(form));
        Method(routes, "conversations.list", List);
        routes.MapMethods("/api/files.getUploadURLExternal", ["GET", "POST"], http => AnswerAsync(http, form => GetUploadUrl(http, form)));
        Method(routes, "files.completeUploadExternal", CompleteUpload);
        routes.MapPost("/upload/v1/{id}", UploadAsync);
    }

    private static JsonObject Channel(string id, string name, bool isMember = true, bool isArchived = false, bool isPrivate = false) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["is_channel"] = !isPrivate,
        ["is_im"] = false,
        ["is_mpim"] = false,
        ["is_private"] = isPrivate,
        ["is_archived"] = isArchived,
        ["is_member"] = isMember,
        ["num_members"] = 4,
        ["topic"] = new JsonObject { ["value"] = "", ["creator"] = "", ["last_set"] = 0 },
        ["purpose"] = new JsonObject { ["value"] = $"About {name}.", ["creator"] = "", ["last_set"] = 0 },
    };

    private static JsonObject Refusal(string error, params string[] messages)
    {
        var refusal = new JsonObject { ["ok"] = false, ["error"] = error };
        if (messages.Length > 0)
        {
            refusal["response_metadata"] = new JsonObject { ["messages"] = new JsonArray([.. messages.Select(static message => JsonValue.Create(message))]) };
        }

        return refusal;
    }

    private static JsonObject? Content(IReadOnlyDictionary<string, string> form)
    {
        string text = form.GetValueOrDefault("text", "");
        if (form.TryGetValue("blocks", out string? json))
        {
            JsonArray? blocks;
            try
            {
                blocks = JsonNode.Parse(json) as JsonArray;
            }
            catch (JsonException)
            {
                blocks = null;
            }

            if (blocks is null)
            {
                return Refusal("invalid_blocks_format");
            }

            int wrong = blocks.ToList().FindIndex(static block => block?["type"]?.GetValue<string>() is not ("section" or "divider"));
            if (wrong >= 0)
            {
                return Refusal("invalid_blocks", string.Create(CultureInfo.InvariantCulture, $"[ERROR] unsupported type: {blocks[wrong]?["type"]} [json-pointer:/blocks/{wrong}/type]"));
            }

            return null;
        }

        return text.Length == 0 ? Refusal("no_text") : text.Length > 40_000 ? Refusal("msg_too_long") : null;
    }

    private static JsonObject? Reachable(IReadOnlyDictionary<string, string> form)
    {
        string wanted = form.GetValueOrDefault("channel", "");
        return Find(wanted) is not { } channel ? Refusal("channel_not_found")
            : channel["is_archived"]!.GetValue<bool>() ? Refusal("is_archived")
            : channel["is_member"]?.GetValue<bool>() == false ? Refusal("not_in_channel")
            : null;
    }

    private static JsonObject? Find(string channel) =>
        Channels.FirstOrDefault(known => known["id"]!.GetValue<string>() == channel || known["name"]?.GetValue<string>() == channel.TrimStart('#'));

    private static JsonObject? User(IReadOnlyDictionary<string, string> form) => form.GetValueOrDefault("user", "") switch
    {
        Member => null,
        Stranger => Refusal("user_not_in_channel"),
        _ => Refusal("user_not_found"),
    };

    private static JsonObject List(IReadOnlyDictionary<string, string> form)
    {
        string[] types = form.GetValueOrDefault("types", "public_channel").Split(',');
        if (types.Any(static type => type is not ("public_channel" or "private_channel" or "mpim" or "im")))
        {
            return Refusal("invalid_types");
        }

        if (!int.TryParse(form.GetValueOrDefault("limit", "100"), NumberStyles.None, CultureInfo.InvariantCulture, out int limit) || limit is < 1 or > 1000)
        {
            return Refusal("invalid_limit");
        }

        int from = 0;
        if (form.TryGetValue("cursor", out string? cursor) && !(cursor.StartsWith("at:", StringComparison.Ordinal) && int.TryParse(cursor.AsSpan(3).TrimEnd('='), CultureInfo.InvariantCulture, out from)))
        {
            return Refusal("invalid_cursor");
        }

        JsonObject[] found =
        [
            .. Channels.Where(channel => types.Contains(TypeOf(channel)) && !(form.GetValueOrDefault("exclude_archived") == "true" && channel["is_archived"]!.GetValue<bool>())),
        ];
        return new JsonObject
        {
            ["ok"] = true,
            ["channels"] = new JsonArray([.. found.Skip(from).Take(limit).Select(static channel => channel.DeepClone())]),
            ["response_metadata"] = new JsonObject
            {
                ["next_cursor"] = from + limit < found.Length ? string.Create(CultureInfo.InvariantCulture, $"at:{from + limit}=") : "",
            },
        };
    }

    private static string TypeOf(JsonObject channel) =>
        channel["is_im"]!.GetValue<bool>() ? "im" : channel["is_private"]!.GetValue<bool>() ? "private_channel" : "public_channel";

    private static Task WriteAsync(HttpContext http, JsonObject body)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(body.ToJsonString());
    }

    private void Method(IEndpointRouteBuilder routes, string name, Func<IReadOnlyDictionary<string, string>, JsonObject> perform) =>
        routes.MapMethods($"/api/{name}", ["GET", "POST"], http => AnswerAsync(http, perform));

    private async Task AnswerAsync(HttpContext http, Func<IReadOnlyDictionary<string, string>, JsonObject> perform)
    {
        string given = http.Request.Headers.Authorization.ToString();
        if (given != $"Bearer {token}")
        {
            await WriteAsync(http, Refusal(given.Length == 0 ? "not_authed" : "invalid_auth"));
            return;
        }

        if (HttpMethods.IsPost(http.Request.Method) && !http.Request.HasFormContentType)
        {
            await WriteAsync(http, Refusal("invalid_post_type"));
            return;
        }

        IEnumerable<KeyValuePair<string, StringValues>> form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : http.Request.Query;
        await WriteAsync(http, perform(form.ToDictionary(static field => field.Key, static field => field.Value.ToString(), StringComparer.Ordinal)));
    }

    private string NextTs() => string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.{Interlocked.Increment(ref _last):D6}");

    private JsonObject Post(IReadOnlyDictionary<string, string> form)
    {
        string ts = NextTs();
        string channel = Find(form["channel"])!["id"]!.GetValue<string>();
        var message = new JsonObject { ["type"] = "message", ["bot_id"] = "B0000000001", ["channel"] = channel, ["ts"] = ts, ["text"] = form.GetValueOrDefault("text", "") };
        if (form.TryGetValue("thread_ts", out string? thread))
        {
            if (!_messages.ContainsKey(thread))
            {
                return Refusal("thread_not_found");
            }

            message["thread_ts"] = thread;
        }

        _messages[ts] = message;
        return new JsonObject { ["ok"] = true, ["channel"] = channel, ["ts"] = ts, ["message"] = message.DeepClone() };
    }

    private JsonObject Update(IReadOnlyDictionary<string, string> form)
    {
        string ts = form.GetValueOrDefault("ts", "");
        if (!_messages.TryGetValue(ts, out JsonObject? message) || message["channel"]!.GetValue<string>() != form["channel"])
        {
            return Refusal("message_not_found");
        }

        JsonObject changed = message.DeepClone().AsObject();
        changed["text"] = form.GetValueOrDefault("text", "");
        _messages[ts] = changed;
        return new JsonObject { ["ok"] = true, ["channel"] = form["channel"], ["ts"] = ts, ["text"] = form.GetValueOrDefault("text", "") };
    }

    private JsonObject GetUploadUrl(HttpContext http, IReadOnlyDictionary<string, string> form)
    {
        string filename = form.GetValueOrDefault("filename", "");
        if (filename.Length == 0 || !int.TryParse(form.GetValueOrDefault("length"), NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length == 0)
        {
            return Refusal("invalid_arguments", $"[ERROR] missing required field: {(filename.Length == 0 ? "filename" : "length")}");
        }

        if (filename.EndsWith(".exe", StringComparison.Ordinal))
        {
            return Refusal("blocked_file_type");
        }

        string id = string.Create(CultureInfo.InvariantCulture, $"F{Interlocked.Increment(ref _last):D10}");
        _files[id] = new StandInFile(id, filename, length);
        string path = http.Request.Path.Value!;
        string prefix = path[..path.IndexOf("/api/", StringComparison.Ordinal)];
        return new JsonObject { ["ok"] = true, ["upload_url"] = $"{http.Request.Scheme}://{http.Request.Host}{prefix}/upload/v1/{id}", ["file_id"] = id };
    }

    private async Task UploadAsync(HttpContext http)
    {
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes);
        if (!_files.TryGetValue($"{http.GetRouteValue("id")}", out StandInFile? file) || file.Length != bytes.Length)
        {
            http.Response.StatusCode = 400;
            return;
        }

        _files[file.Id] = file with { Content = bytes.ToArray() };
        await http.Response.WriteAsync($"OK - {bytes.Length}");
    }

    private JsonObject CompleteUpload(IReadOnlyDictionary<string, string> form)
    {
        JsonNode? given = JsonNode.Parse(form.GetValueOrDefault("files", "[]"))!.AsArray().FirstOrDefault();
        if (given is null || !_files.TryGetValue(given["id"]!.GetValue<string>(), out StandInFile? file) || file.Content is null)
        {
            return Refusal("file_not_found");
        }

        string? channel = form.GetValueOrDefault("channel_id");
        if (channel is not null && Reachable(new Dictionary<string, string> { ["channel"] = channel }) is { } refused)
        {
            return refused;
        }

        string title = given["title"]?.GetValue<string>() ?? file.Name;
        _files[file.Id] = file with { IsComplete = true, Title = title, Channel = channel, Comment = form.GetValueOrDefault("initial_comment"), ThreadTs = form.GetValueOrDefault("thread_ts") };
        return new JsonObject { ["ok"] = true, ["files"] = new JsonArray(new JsonObject { ["id"] = file.Id, ["title"] = title }) };
    }
}
