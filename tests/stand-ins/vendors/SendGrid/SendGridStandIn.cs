using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.StandIns.Vendors.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DotMac.StandIns.Vendors.SendGrid;

/// <summary>Stands in for SendGrid's API, version 3: sends mails (that is, keeps them in memory) and tells scopes.</summary>
/// <param name="token">The API key that callers must know.</param>
public sealed class SendGridStandIn(string token) : IVendorStandIn
{
    /// <summary>A sender that SendGrid has not verified.</summary>
    public const string UnverifiedSender = "unverified@acme.example";

    private readonly ConcurrentQueue<JsonElement> _sent = new();
    private int _last;

    /// <inheritdoc/>
    public string Name => "sendgrid";

    /// <summary>What the key may do.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = ["alerts.read", "mail.send"];

    /// <summary>The mails that were taken, the oldest first, as they came.</summary>
    public IReadOnlyList<JsonElement> Sent => [.. _sent];

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v3/scopes", http => IsKnown(http)
            ? WriteAsync(http, 200, new JsonObject { ["scopes"] = new JsonArray([.. Scopes.Select(static scope => JsonValue.Create(scope))]) })
            : RefuseAsync(http, 401, null, "The provided key is unknown, expired or revoked"));
        routes.MapPost("/v3/mail/send", SendAsync);
    }

    private static (string? Field, string Message)? Wrong(JsonElement mail)
    {
        if (!TryList(mail, "personalizations", out JsonElement[] personalizations))
        {
            return ("personalizations", "There must be a personalization.");
        }

        for (int index = 0; index < personalizations.Length; index++)
        {
            if (WrongPersonalization(personalizations[index], $"personalizations.{index}") is { } wrong)
            {
                return wrong;
            }
        }

        if (!mail.TryGetProperty("from", out JsonElement from) || !IsAddress(from))
        {
            return ("from.email", "Is no valid address.");
        }

        if (mail.TryGetProperty("reply_to", out JsonElement replyTo) && !IsAddress(replyTo))
        {
            return ("reply_to.email", "Is no valid address.");
        }

        bool hasTemplate = mail.TryGetProperty("template_id", out JsonElement template);
        if (hasTemplate && template.GetString() == "d-unknown")
        {
            return ("template_id", "Is no template's id.");
        }

        return !hasTemplate && Text(mail, "subject").Length == 0 ? ("subject", "A subject is required without a template.") : WrongContent(mail, hasTemplate) ?? WrongAttachment(mail) ?? WrongMark(mail);
    }

    private static (string?, string)? WrongPersonalization(JsonElement personalization, string at)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        int count = 0;
        if (!TryList(personalization, "to", out _))
        {
            return ($"{at}.to", "At least one address is required.");
        }

        foreach (string list in new[] { "to", "cc", "bcc" })
        {
            TryList(personalization, list, out JsonElement[] addresses);
            for (int index = 0; index < addresses.Length; index++, count++)
            {
                if (!IsAddress(addresses[index]))
                {
                    return ($"{at}.{list}.{index}.email", "Is no valid address.");
                }

                if (!known.Add(Text(addresses[index], "email")))
                {
                    return (at, "Each address may stand in a personalization once.");
                }
            }
        }

        return count > 1000 ? ("personalizations", "There may be 1000 addresses in all.") : null;
    }

    private static (string?, string)? WrongContent(JsonElement mail, bool hasTemplate)
    {
        if (!TryList(mail, "content", out JsonElement[] contents))
        {
            return mail.TryGetProperty("content", out _) || !hasTemplate ? ("content", "A content is required without a template.") : null;
        }

        string[] types = [.. contents.Select(static content => Text(content, "type"))];
        int plain = Array.IndexOf(types, "text/plain");
        int empty = Array.FindIndex(contents, static content => Text(content, "value").Length == 0);
        return plain > 0 ? ("content", "text/plain must be the first.") : empty >= 0 ? ($"content.{empty}.value", "Must have a character.") : null;
    }

    private static (string?, string)? WrongAttachment(JsonElement mail)
    {
        TryList(mail, "attachments", out JsonElement[] attachments);
        for (int index = 0; index < attachments.Length; index++)
        {
            string content = Text(attachments[index], "content");
            if (content.Length == 0 || content.Contains('\n') || !Convert.TryFromBase64String(content, new byte[content.Length], out _))
            {
                return ($"attachments.{index}.content", "Must be base64.");
            }

            if (Text(attachments[index], "filename").Length == 0)
            {
                return ($"attachments.{index}.filename", "Is required.");
            }

            if (Text(attachments[index], "type") == "application/x-msdownload")
            {
                return ($"attachments.{index}.type", "Is not taken.");
            }
        }

        return null;
    }

    private static (string?, string)? WrongMark(JsonElement mail)
    {
        if (TryList(mail, "categories", out JsonElement[] categories) && (categories.Length > 10 || categories.Any(static category => category.GetString() is not { Length: > 0 and <= 255 })))
        {
            return ("categories", "There may be 10 categories of 255 characters.");
        }

        return mail.TryGetProperty("send_at", out JsonElement at) && at.GetInt64() > DateTimeOffset.UtcNow.AddHours(72).ToUnixTimeSeconds()
            ? ("send_at", "May be 72 hours ahead.")
            : null;
    }

    private static bool TryList(JsonElement from, string name, out JsonElement[] items)
    {
        items = from.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];
        return items.Length > 0;
    }

    // SendGrid looks closer than a plugin: a domain needs a dot.
    private static bool IsAddress(JsonElement address) => Text(address, "email").Split('@') is [{ Length: > 0 }, string domain] && domain.Contains('.');

    private static string Text(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";

    private static Task RefuseAsync(HttpContext http, int status, string? field, string message) => WriteAsync(http, status, new JsonObject
    {
        ["errors"] = new JsonArray(new JsonObject { ["message"] = message, ["field"] = field, ["help"] = field is null ? null : $"https://sendgrid.example/errors#{field}" }),
    });

    private static Task WriteAsync(HttpContext http, int status, JsonObject body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString());
    }

    private bool IsKnown(HttpContext http) => http.Request.Headers.Authorization == $"Bearer {token}";

    private async Task SendAsync(HttpContext http)
    {
        if (!IsKnown(http))
        {
            await RefuseAsync(http, 401, null, "The provided key is unknown, expired or revoked");
            return;
        }

        if (!Scopes.Contains("mail.send"))
        {
            await RefuseAsync(http, 403, null, "access forbidden");
            return;
        }

        if (!http.Request.HasJsonContentType())
        {
            await RefuseAsync(http, 415, null, "The content type must be application/json.");
            return;
        }

        JsonElement mail;
        try
        {
            mail = (await JsonDocument.ParseAsync(http.Request.Body)).RootElement;
        }
        catch (JsonException)
        {
            await RefuseAsync(http, 400, null, "Bad Request");
            return;
        }

        if (Wrong(mail) is { } wrong)
        {
            await RefuseAsync(http, 400, wrong.Field, wrong.Message);
            return;
        }

        if (Text(mail.GetProperty("from"), "email") == UnverifiedSender)
        {
            await RefuseAsync(http, 403, "from", "The from address is not verified.");
            return;
        }

        if (mail.TryGetProperty("mail_settings", out JsonElement settings) && settings.TryGetProperty("sandbox_mode", out JsonElement sandbox) && sandbox.GetProperty("enable").GetBoolean())
        {
            return;
        }

        _sent.Enqueue(mail);
        http.Response.StatusCode = 202;
        http.Response.Headers["X-Message-Id"] = string.Create(CultureInfo.InvariantCulture, $"sg-{Interlocked.Increment(ref _last):D8}");
    }
}
