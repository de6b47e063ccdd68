using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace DotMac.StandIns.Twilio;

/// <summary>
/// Stands in for the four calls of Twilio's API 2010-04-01 that the plugin makes: CreateMessage, FetchMessage, ListMessage, FetchAccount. Keeps messages in
/// memory; a message reads as delivered as soon as it is looked up.
/// </summary>
public sealed class TwilioStandIn : IAsyncDisposable
{
    /// <summary>The account when none is named.</summary>
    public const string DefaultAccountSid = "AC00000000000000000000000000000000";

    private const int Kept = 1000;
    private readonly string _accountSid;
    private readonly byte[] _credentials;
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private readonly ConcurrentQueue<PreparedAnswer> _prepared = new();
    private readonly ConcurrentDictionary<string, StandInMessage> _messages = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    /// <summary>Builds it; nothing listens yet.</summary>
    /// <param name="accountSid">The only account.</param>
    /// <param name="authToken">Its token.</param>
    /// <param name="args">The command line: <c>--urls</c> says where to listen; else <c>ASPNETCORE_URLS</c>, else port 8080.</param>
    public TwilioStandIn(string accountSid, string authToken, params string[] args)
    {
        _accountSid = accountSid;
        _credentials = Encoding.UTF8.GetBytes($"{accountSid}:{authToken}");
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls("http://0.0.0.0:8080");
        }

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        _app = builder.Build();
        _app.MapGet("/_standin/requests", http => http.Response.WriteAsJsonAsync(_requests.ToArray()));
        _app.MapPost("/2010-04-01/Accounts/{account}/Messages.json", CreateMessageAsync);
        _app.MapGet("/2010-04-01/Accounts/{account}/Messages.json", ListMessagesAsync);
        _app.MapGet("/2010-04-01/Accounts/{account}/Messages/{file}", FetchMessageAsync);
        _app.MapGet("/2010-04-01/Accounts/{file}", FetchAccountAsync);
        _app.MapFallback(NotFoundAsync);
    }

    /// <summary>Where it listens, once started.</summary>
    public Uri BaseUrl => new(_app.Urls.First());

    /// <summary>What it received, without credentials.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    /// <summary>Starts one on a loopback port of its own.</summary>
    /// <param name="accountSid">The only account.</param>
    /// <param name="authToken">Its token.</param>
    /// <returns>The stand-in, listening.</returns>
    public static async Task<TwilioStandIn> StartAsync(string accountSid, string authToken)
    {
        var standIn = new TwilioStandIn(accountSid, authToken, "--urls", "http://127.0.0.1:0");
        await standIn._app.StartAsync();
        return standIn;
    }

    /// <summary>Runs until the process is told to stop.</summary>
    /// <returns>A task that ends then.</returns>
    public Task RunAsync() => _app.RunAsync();

    /// <summary>Prepares the answer to the next authenticated request, once: a test's way to make it fail.</summary>
    /// <param name="answer">The answer.</param>
    public void AnswerNext(PreparedAnswer answer) => _prepared.Enqueue(answer);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Task WriteErrorAsync(HttpContext http, TwilioRefusal refusal)
    {
        http.Response.StatusCode = refusal.Status;
        return http.Response.WriteAsJsonAsync(new Dictionary<string, object>
        {
            ["code"] = refusal.Code,
            ["message"] = refusal.Message,
            ["more_info"] = $"https://www.twilio.com/docs/errors/{refusal.Code}",
            ["status"] = refusal.Status,
        });
    }

    private async Task CreateMessageAsync(HttpContext http)
    {
        IFormCollection form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : FormCollection.Empty;
        if (!await AdmitAsync(http, form))
        {
            return;
        }

        if (!IsAccount(http.Request.RouteValues["account"]))
        {
            await NotFoundAsync(http);
            return;
        }

        if (MessageRules.Refuse(form["To"], form["From"], form["MessagingServiceSid"], form["Body"], form["MediaUrl"], form["StatusCallback"]) is TwilioRefusal refusal)
        {
            await WriteErrorAsync(http, refusal);
            return;
        }

        StandInMessage message = StandInMessage.Create(_accountSid, form["To"]!, form["From"], form["MessagingServiceSid"], $"{form["Body"]}", form["MediaUrl"].Count);
        Keep(message);
        http.Response.StatusCode = StatusCodes.Status201Created;
        await http.Response.WriteAsJsonAsync(message.ToJson());
    }

    private async Task ListMessagesAsync(HttpContext http)
    {
        if (!await AdmitAsync(http, FormCollection.Empty))
        {
            return;
        }

        if (!IsAccount(http.Request.RouteValues["account"]))
        {
            await NotFoundAsync(http);
        }
        else if (MessageList.Page(_order.Select(sid => _messages[sid]).Select(Delivered), http.Request.Query, http.Request.Path) is { } page)
        {
            await http.Response.WriteAsJsonAsync(page);
        }
        else
        {
            await WriteErrorAsync(http, new TwilioRefusal(400, 20001, "Invalid page token"));
        }
    }

    private async Task FetchMessageAsync(HttpContext http)
    {
        if (!await AdmitAsync(http, FormCollection.Empty))
        {
            return;
        }

        if (IsAccount(http.Request.RouteValues["account"]) && _messages.TryGetValue(WithoutJson(http.Request.RouteValues["file"]), out StandInMessage? message))
        {
            await http.Response.WriteAsJsonAsync(Delivered(message).ToJson());
        }
        else
        {
            await NotFoundAsync(http);
        }
    }

    private async Task FetchAccountAsync(HttpContext http)
    {
        if (!await AdmitAsync(http, FormCollection.Empty))
        {
            return;
        }

        if (!IsAccount(WithoutJson(http.Request.RouteValues["file"])))
        {
            await NotFoundAsync(http);
            return;
        }

        await http.Response.WriteAsJsonAsync(new Dictionary<string, object>
        {
            ["sid"] = _accountSid,
            ["owner_account_sid"] = _accountSid,
            ["friendly_name"] = "stand-in",
            ["status"] = "active",
            ["type"] = "Full",
            ["uri"] = $"/2010-04-01/Accounts/{_accountSid}.json",
        });
    }

    private static Task NotFoundAsync(HttpContext http) =>
        WriteErrorAsync(http, new TwilioRefusal(404, 20404, $"The requested resource {http.Request.Path} was not found"));

    /// <summary>Notes the request, checks the credentials, gives a prepared answer. False: it has been answered.</summary>
    private async Task<bool> AdmitAsync(HttpContext http, IFormCollection form)
    {
        _requests.Enqueue(new ReceivedRequest(
            http.Request.Method, http.Request.GetEncodedPathAndQuery(), form.ToDictionary(field => field.Key, field => field.Value.ToString())));
        while (_requests.Count > Kept)
        {
            _requests.TryDequeue(out _);
        }

        if (!HasCredentials(http.Request.Headers.Authorization))
        {
            await WriteErrorAsync(http, new TwilioRefusal(401, 20003, "Authenticate"));
            return false;
        }

        if (_prepared.TryDequeue(out PreparedAnswer? answer))
        {
            http.Response.StatusCode = answer.Status;
            http.Response.Headers.RetryAfter = answer.RetryAfter;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(answer.Body);
            return false;
        }

        return true;
    }

    private static StandInMessage Delivered(StandInMessage message) => message with { Status = "delivered", SentAt = message.CreatedAt };

    private bool HasCredentials(string? authorization)
    {
        try
        {
            return authorization is not null
                && authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
                && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(authorization[6..]), _credentials);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private bool IsAccount(object? sid) => (sid as string) == _accountSid;

    private static string WithoutJson(object? file) =>
        file is string name && name.EndsWith(".json", StringComparison.Ordinal) ? name[..^".json".Length] : "";

    private void Keep(StandInMessage message)
    {
        _messages[message.Sid] = message;
        _order.Enqueue(message.Sid);
        while (_order.Count > Kept && _order.TryDequeue(out string? oldest))
        {
            _messages.TryRemove(oldest, out _);
        }
    }
}
