using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using DotMac.Plugins.Mailchimp.Operations;
using DotMac.Plugins.Sdk.Http;

namespace DotMac.Plugins.Mailchimp.Api;

/// <summary>The calls of Mailchimp's Marketing API 3.0 (https://mailchimp.com/developer/marketing/api) that the plugin makes.</summary>
internal sealed class MailchimpClient(HttpClient http, TimeProvider timeProvider)
{
    /// <summary>The vendor's name, for messages.</summary>
    public const string Vendor = "Mailchimp";

    /// <summary>Ping.</summary>
    public Task<Ping> PingAsync(MailchimpConfig config, CancellationToken cancellationToken) =>
        ReadAsync(HttpMethod.Get, config, "ping", null, MailchimpJson.Default.Ping, null, cancellationToken);

    /// <summary>Add or update list member: a PUT, so repeating it changes nothing.</summary>
    public Task<Member> UpsertMemberAsync(MailchimpConfig config, UpsertMemberRequest request, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["email_address"] = request.Email, ["status_if_new"] = Word(request.StatusIfNew) };
        if (request.Status is { } status)
        {
            body["status"] = Word(status);
        }

        if (request.MergeFields is { } fields)
        {
            body["merge_fields"] = JsonObject.Create(System.Text.Json.JsonSerializer.SerializeToElement(fields, MailchimpJson.Default.IReadOnlyDictionaryStringJsonElement));
        }

        if (request.Language is { } language)
        {
            body["language"] = language;
        }

        if (request.Vip is { } vip)
        {
            body["vip"] = vip;
        }

        return ReadAsync(
            HttpMethod.Put, config, MemberPath(request.AudienceId, request.Email), body, MailchimpJson.Default.Member, $"There is no audience {request.AudienceId}.", cancellationToken);
    }

    /// <summary>Add or remove member tags.</summary>
    public Task UpdateTagsAsync(MailchimpConfig config, UpdateTagsRequest request, CancellationToken cancellationToken)
    {
        var tags = new JsonArray();
        foreach ((string name, string status) in (request.Add ?? []).Select(static name => (name, "active")).Concat((request.Remove ?? []).Select(static name => (name, "inactive"))))
        {
            tags.Add(new JsonObject { ["name"] = name, ["status"] = status });
        }

        return SendAsync(
            HttpMethod.Post,
            config,
            $"{MemberPath(request.AudienceId, request.Email)}/tags",
            new JsonObject { ["tags"] = tags },
            $"The audience {request.AudienceId} has no such member.",
            cancellationToken,

            // What is there stays there, what is gone stays gone.
            isIdempotent: true);
    }

    /// <summary>Get lists info.</summary>
    public async Task<AudiencePage> ListAudiencesAsync(MailchimpConfig config, ListAudiencesRequest request, CancellationToken cancellationToken)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"lists?count={request.Count}&offset={request.Offset}&fields=lists.id,lists.name,lists.date_created,lists.stats.member_count,total_items");
        MailchimpLists page = await ReadAsync(HttpMethod.Get, config, path, null, MailchimpJson.Default.MailchimpLists, null, cancellationToken);
        return new AudiencePage([.. (page.Lists ?? []).Select(static list => new Audience(list.Id, list.Name, list.Stats?.MemberCount ?? 0, list.DateCreated))], page.TotalItems);
    }

    /// <summary>Add campaign. Not idempotent: Mailchimp knows no keys, so an unclear failure is never repeated.</summary>
    public Task<Campaign> CreateCampaignAsync(MailchimpConfig config, CreateCampaignRequest request, CancellationToken cancellationToken)
    {
        var settings = new JsonObject
        {
            ["subject_line"] = request.SubjectLine,
            ["from_name"] = request.FromName,
            ["reply_to"] = request.ReplyTo,
        };
        Set(settings, "title", request.Title);
        Set(settings, "preview_text", request.PreviewText);
        var recipients = new JsonObject { ["list_id"] = request.AudienceId };
        if (request.SegmentId is { } segment)
        {
            recipients["segment_opts"] = new JsonObject { ["saved_segment_id"] = segment };
        }

        // A campaign of plain text has no HTML, and Mailchimp refuses it later if it is called regular.
        var body = new JsonObject
        {
            ["type"] = request is { PlainText: not null, Html: null, TemplateId: null } ? "plaintext" : "regular",
            ["recipients"] = recipients,
            ["settings"] = settings,
        };
        return ReadAsync(HttpMethod.Post, config, "campaigns", body, MailchimpJson.Default.Campaign, null, cancellationToken);
    }

    /// <summary>Set campaign content.</summary>
    public Task SetContentAsync(MailchimpConfig config, string campaign, CreateCampaignRequest request, CancellationToken cancellationToken)
    {
        var body = new JsonObject();
        Set(body, "html", request.Html);
        Set(body, "plain_text", request.PlainText);
        if (request.TemplateId is { } template)
        {
            var sections = new JsonObject();
            foreach ((string name, string content) in request.TemplateSections ?? new Dictionary<string, string>())
            {
                sections[name] = content;
            }

            body["template"] = new JsonObject { ["id"] = template, ["sections"] = sections };
        }

        return SendAsync(HttpMethod.Put, config, $"campaigns/{campaign}/content", body, null, cancellationToken);
    }

    /// <summary>Schedule campaign.</summary>
    public Task ScheduleCampaignAsync(MailchimpConfig config, ScheduleCampaignRequest request, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Post,
        config,
        $"campaigns/{request.CampaignId}/actions/schedule",
        new JsonObject { ["schedule_time"] = request.At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss+00:00", CultureInfo.InvariantCulture) },
        NoCampaign(request.CampaignId),
        cancellationToken);

    /// <summary>Send campaign. Never repeated on its own.</summary>
    public Task SendCampaignAsync(MailchimpConfig config, SendCampaignRequest request, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, config, $"campaigns/{request.CampaignId}/actions/send", null, NoCampaign(request.CampaignId), cancellationToken);

    private static string NoCampaign(string id) => $"There is no campaign {id}.";

    private static string MemberPath(string audience, string email) => $"lists/{audience}/members/{SubscriberHash.Of(email)}";

    private static string Word(MemberStatus status) => status.ToString().ToLowerInvariant();

    private static void Set(JsonObject body, string name, string? value)
    {
        if (value is not null)
        {
            body[name] = value;
        }
    }

    private async Task<T> ReadAsync<T>(
        HttpMethod method, MailchimpConfig config, string path, JsonObject? body, JsonTypeInfo<T> type, string? notFound, CancellationToken cancellationToken)
        where T : class =>
        (await SendAsync(method, config, path, body, notFound, cancellationToken)).Read(type);

    private async Task<VendorAnswer> SendAsync(
        HttpMethod method, MailchimpConfig config, string path, JsonObject? body, string? notFound, CancellationToken cancellationToken, bool isIdempotent = false)
    {
        var request = new HttpRequestMessage(method, new Uri($"{config.Root}/3.0/{path}"));

        // Any user name does (https://mailchimp.com/developer/marketing/docs/fundamentals).
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"dotmac:{config.ApiKey}")));
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, MailchimpJson.Default.JsonObject);
        }

        if (isIdempotent)
        {
            request.Options.Set(RetryRules.IsIdempotent, true);
        }

        VendorAnswer answer = await http.AskAsync(Vendor, request, timeProvider, cancellationToken);
        return answer.IsSuccess ? answer : throw MailchimpErrors.Map(answer, answer.TryRead(MailchimpJson.Default.MailchimpProblem), notFound);
    }
}
