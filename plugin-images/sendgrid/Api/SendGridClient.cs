using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;
using DotMac.Plugins.SendGrid.Operations;

namespace DotMac.Plugins.SendGrid.Api;

/// <summary>The two calls of SendGrid's API, version 3, that the plugin makes.</summary>
internal sealed class SendGridClient(HttpClient http, TimeProvider timeProvider)
{
    /// <summary>The vendor's name, for messages.</summary>
    public const string Vendor = "SendGrid";

    /// <summary>
    /// Sends a mail (<c>POST /v3/mail/send</c>) and gives its id. Not idempotent: SendGrid has no idempotency key, so an unclear failure is never repeated.
    /// </summary>
    public async Task<string?> SendMailAsync(SendGridConfig config, SendEmailRequest mail, EmailAddress from, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(Mail.Of(mail, from), SendGridJson.Default.Mail));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        VendorAnswer answer = await AskAsync(HttpMethod.Post, "mail/send", content, mail, config, cancellationToken);

        // 202 is SendGrid's word for a mail that it has taken, 200 for one that it has only looked at; whoever answers otherwise is not SendGrid.
        if (answer.Status != HttpStatusCode.Accepted && !mail.SandboxMode)
        {
            throw new VendorException($"SendGrid answered {(int)answer.Status} and not 202, so the mail may not be sent. Check baseUrl.");
        }

        return answer.Headers.TryGetValues("X-Message-Id", out IEnumerable<string>? ids) ? ids.First() : null;
    }

    /// <summary>Tells what the key may do (<c>GET /v3/scopes</c>).</summary>
    public async Task<SendGridScopes> GetScopesAsync(SendGridConfig config, CancellationToken cancellationToken) =>
        (await AskAsync(HttpMethod.Get, "scopes", null, null, config, cancellationToken)).Read(SendGridJson.Default.SendGridScopes);

    private async Task<VendorAnswer> AskAsync(
        HttpMethod method, string path, HttpContent? content, SendEmailRequest? mail, SendGridConfig config, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, new Uri($"{config.BaseUrl.AbsoluteUri.TrimEnd('/')}/v3/{path}")) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", config.ApiKey);
        VendorAnswer answer = await http.AskAsync(Vendor, request, timeProvider, cancellationToken);
        return answer.IsSuccess
            ? answer
            : throw SendGridErrors.Map(answer, answer.TryRead(SendGridJson.Default.SendGridErrorAnswer)?.Errors ?? [], mail, timeProvider.GetUtcNow());
    }
}
