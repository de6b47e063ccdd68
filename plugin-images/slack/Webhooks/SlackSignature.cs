using System.Text;
using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.Slack.Webhooks;

/// <summary>
/// The headers <c>X-Slack-Signature: v0=…</c> and <c>X-Slack-Request-Timestamp</c>: an HMAC-SHA256 over version, time and body
/// (https://docs.slack.dev/authentication/verifying-requests-from-slack).
/// </summary>
internal sealed class SlackSignature(Func<string?> secret, TimeProvider timeProvider) : IWebhookVerifier
{
    /// <summary>When Slack sent the request.</summary>
    public const string TimeHeader = "X-Slack-Request-Timestamp";

    private const string Version = "v0";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public bool Verify(WebhookRequest request)
    {
        string time = request.Header(TimeHeader);
        string[] signature = request.Header("X-Slack-Signature").Split('=', 2);
        return secret() is { Length: > 0 } known
            && signature is [Version, string hex]
            && WebhookSignature.IsFresh(time, Tolerance, timeProvider.GetUtcNow())
            && WebhookSignature.IsHmacSha256(known, [.. Encoding.UTF8.GetBytes($"{Version}:{time}:"), .. request.Body.Span], hex);
    }
}
