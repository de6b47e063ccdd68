using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DotMac.Plugins.Sdk.Testing;

namespace DotMac.Plugins.Slack.Tests;

/// <summary>A callback as Slack sends it.</summary>
internal sealed record SlackCallback(string Webhook, string Body, DateTimeOffset At)
{
    // Of https://docs.slack.dev/authentication/verifying-requests-from-slack, with what it must come to.
    public const string DocumentedBody =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
        + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    public const string DocumentedSignature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    public static readonly DateTimeOffset DocumentedTime = DateTimeOffset.FromUnixTimeSeconds(1531420618);

    public string ContentType { get; init; } = "application/json";

    public string Timestamp { get; init; } = At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Null: there is none.</summary>
    public string? Signature { get; init; } = Sign(SlackCalls.SigningSecret, At, Body);

    public int? RetryNumber { get; init; }

    public static string Sign(string secret, DateTimeOffset at, string body) =>
        "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"v0:{at.ToUnixTimeSeconds()}:{body}"))));

    public async Task<HttpResponseMessage> SendAsync(PluginTestHost host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/v1/webhooks/{Webhook}", UriKind.Relative)) { Content = new StringContent(Body, Encoding.UTF8, ContentType) };
        request.Headers.Add("X-Slack-Request-Timestamp", Timestamp);
        if (Signature is not null)
        {
            request.Headers.Add("X-Slack-Signature", Signature);
        }

        if (RetryNumber is { } number)
        {
            request.Headers.Add("X-Slack-Retry-Num", number.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("X-Slack-Retry-Reason", "http_error");
        }

        return await host.Client.SendAsync(request);
    }
}
