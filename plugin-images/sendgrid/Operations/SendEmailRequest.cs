using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;

namespace DotMac.Plugins.SendGrid.Operations;

/// <summary>A mail to send: one mail, whose receivers see each other but for <see cref="Bcc"/>.</summary>
public sealed record SendEmailRequest : IValidatableObject
{
    /// <summary>Whom it is for.</summary>
    [MinLength(1), MaxLength(SendGridForms.MaxReceivers), Description("Whom it is for. They see each other; to, cc and bcc have at most 1000 addresses together.")]
    public required IReadOnlyList<EmailAddress> To { get; init; }

    /// <summary>Who gets a copy.</summary>
    [MaxLength(SendGridForms.MaxReceivers), Description("Who gets a copy.")]
    public IReadOnlyList<EmailAddress>? Cc { get; init; }

    /// <summary>Who gets a copy unseen by the others.</summary>
    [MaxLength(SendGridForms.MaxReceivers), Description("Who gets a copy unseen by the others.")]
    public IReadOnlyList<EmailAddress>? Bcc { get; init; }

    /// <summary>Whom it comes from; null: the config's sender.</summary>
    [Description("Whom it comes from; left out: the config's fromEmail. SendGrid must have verified the address.")]
    public EmailAddress? From { get; init; }

    /// <summary>Where answers go; null: to the sender.</summary>
    [Description("Where answers go; left out: to the sender.")]
    public EmailAddress? ReplyTo { get; init; }

    /// <summary>The subject. A template may bring its own.</summary>
    [StringLength(998, MinimumLength = 1), RegularExpression(SendGridForms.OneLine), Description("The subject. Required without a template.")]
    public string? Subject { get; init; }

    /// <summary>The content as plain text.</summary>
    [MinLength(1), Description("The content as plain text. This, html or both are required without a template.")]
    public string? Text { get; init; }

    /// <summary>The content as HTML.</summary>
    [MinLength(1), Description("The content as HTML.")]
    public string? Html { get; init; }

    /// <summary>The template that the content comes from.</summary>
    [RegularExpression(SendGridForms.TemplateId), Description("The template that the content comes from, such as d-….")]
    public string? TemplateId { get; init; }

    /// <summary>The values of the dynamic template's names.</summary>
    [Description("The values of the dynamic template's names.")]
    public IReadOnlyDictionary<string, JsonElement>? DynamicTemplateData { get; init; }

    /// <summary>The files that go along.</summary>
    [MaxLength(100), Description("The files that go along. The whole request has at most 1 MiB (SendGrid's own limit of 30 MB cannot be used up).")]
    public IReadOnlyList<EmailAttachment>? Attachments { get; init; }

    /// <summary>Names to count mails by in SendGrid's statistics, at most 10.</summary>
    [MaxLength(10), Description("Names to count mails by in SendGrid's statistics.")]
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>The caller's own names and values, which come back in the mail's events; at most 10,000 bytes.</summary>
    [Description("The caller's own names and values, which come back in the mail's events; at most 10,000 bytes.")]
    public IReadOnlyDictionary<string, string>? CustomArgs { get; init; }

    /// <summary>When to send it, at most 72 hours ahead; null: now.</summary>
    [Description("When to send it, at most 72 hours ahead; left out: now.")]
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>Whether SendGrid only looks at the request and sends nothing.</summary>
    [Description("Whether SendGrid only looks at the request and sends nothing.")]
    public bool SandboxMode { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        ValidateReceivers().Concat(ValidateContent()).Concat(ValidateMarks());

    /// <summary>A placeholder: a record would print what the mail says.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(SendEmailRequest);

    private IEnumerable<ValidationResult> ValidateReceivers()
    {
        if (To.Count + (Cc?.Count ?? 0) + (Bcc?.Count ?? 0) > SendGridForms.MaxReceivers)
        {
            yield return new ValidationResult($"SendGrid takes at most {SendGridForms.MaxReceivers} addresses in to, cc and bcc together; make several calls.", [nameof(To)]);
        }

        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string member, IReadOnlyList<EmailAddress>? list) in new[] { (nameof(To), To), (nameof(Cc), Cc), (nameof(Bcc), Bcc) })
        {
            if (list?.Any(static address => address is null) == true)
            {
                yield return new ValidationResult("Holds null where an address belongs.", [member]);
            }
            else if (list?.Count(address => !known.Add(address.Email)) > 0)
            {
                yield return new ValidationResult("Holds an address that to, cc or bcc has already; SendGrid takes each once.", [member]);
            }
        }
    }

    private IEnumerable<ValidationResult> ValidateContent()
    {
        if (TemplateId is null && Subject is null)
        {
            yield return new ValidationResult("A mail without a template needs a subject.", [nameof(Subject)]);
        }

        if (TemplateId is null && Text is null && Html is null)
        {
            yield return new ValidationResult("A mail without a template needs a content: set text, html or both.", [nameof(Text)]);
        }

        if (DynamicTemplateData is not null && TemplateId is null)
        {
            yield return new ValidationResult("These values are for a template: set templateId, or leave them out.", [nameof(DynamicTemplateData)]);
        }
    }

    private IEnumerable<ValidationResult> ValidateMarks()
    {
        if (Categories is not null && (Categories.Any(static category => category is not { Length: > 0 and <= 255 }) || Categories.Distinct(StringComparer.Ordinal).Count() < Categories.Count))
        {
            yield return new ValidationResult("Each category must have 1 to 255 characters and stand there once.", [nameof(Categories)]);
        }

        if (Attachments?.Any(static attachment => attachment is null) == true)
        {
            yield return new ValidationResult("Holds null where an attachment belongs.", [nameof(Attachments)]);
        }

        if (CustomArgs?.Values.Any(static value => value is null) == true)
        {
            yield return new ValidationResult("Each value must be a string.", [nameof(CustomArgs)]);
        }
        else if (CustomArgs?.Sum(static pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value)) > SendGridForms.MaxCustomArgsBytes)
        {
            yield return new ValidationResult($"SendGrid takes at most {SendGridForms.MaxCustomArgsBytes} bytes of custom arguments.", [nameof(CustomArgs)]);
        }
    }
}
