using DotMac.Plugins.SendGrid.Operations;

namespace DotMac.Plugins.SendGrid.Api;

/// <summary>The body of <c>POST /v3/mail/send</c>.</summary>
internal sealed record Mail(
    IReadOnlyList<Personalization> Personalizations,
    EmailAddress From,
    EmailAddress? ReplyTo,
    string? Subject,
    IReadOnlyList<MailContent>? Content,
    IReadOnlyList<MailAttachment>? Attachments,
    string? TemplateId,
    IReadOnlyList<string>? Categories,
    long? SendAt,
    MailSettings? MailSettings)
{
    /// <summary>The body for a request.</summary>
    public static Mail Of(SendEmailRequest request, EmailAddress from) => new(
        [new Personalization(request.To, NotEmpty(request.Cc), NotEmpty(request.Bcc), request.DynamicTemplateData, request.CustomArgs)],
        from,
        request.ReplyTo,
        request.Subject,
        NotEmpty(MailContent.Of(request)),
        NotEmpty(request.Attachments?.Select(MailAttachment.Of).ToArray()),
        request.TemplateId,
        NotEmpty(request.Categories),
        request.SendAt?.ToUnixTimeSeconds(),
        request.SandboxMode ? new MailSettings(new MailSetting(true)) : null);

    // SendGrid takes a list that is left out, and refuses some that are empty.
    private static IReadOnlyList<T>? NotEmpty<T>(IReadOnlyList<T>? list) => list is { Count: > 0 } ? list : null;
}
