using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Mailchimp.Operations;

/// <summary>A campaign to make.</summary>
/// <param name="AudienceId">To whom: the audience's id.</param>
/// <param name="SubjectLine">The subject.</param>
/// <param name="FromName">The sender's name.</param>
/// <param name="ReplyTo">The sender's address.</param>
/// <param name="Title">The campaign's name in Mailchimp.</param>
/// <param name="PreviewText">What mailboxes show beside the subject.</param>
/// <param name="SegmentId">Only to those of a saved segment.</param>
/// <param name="Html">The content in HTML.</param>
/// <param name="PlainText">The content as plain text.</param>
/// <param name="TemplateId">The content from a template.</param>
/// <param name="TemplateSections">What goes into the template's sections.</param>
public sealed record CreateCampaignRequest(
    [Required, RegularExpression(MailchimpForms.Id), Description("To whom: the audience's id.")] string AudienceId,
    [Required, StringLength(150), Description("The subject.")] string SubjectLine,
    [Required, StringLength(100), Description("The sender's name.")] string FromName,
    [Required, EmailAddress, StringLength(254), Description("The sender's address.")] string ReplyTo,
    [StringLength(150), Description("The campaign's name in Mailchimp.")] string? Title = null,
    [StringLength(150), Description("What mailboxes show beside the subject.")] string? PreviewText = null,
    [Range(1, int.MaxValue), Description("Only to those of a saved segment.")] int? SegmentId = null,
    [StringLength(500_000), Description("The content in HTML.")] string? Html = null,
    [StringLength(500_000), Description("The content as plain text.")] string? PlainText = null,
    [Range(1, int.MaxValue), Description("The content from a template: its id.")] int? TemplateId = null,
    [Description("What goes into the template's sections, by their names.")] IReadOnlyDictionary<string, string>? TemplateSections = null) : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Html is not null && TemplateId is not null)
        {
            yield return new ValidationResult("Leave this out, or html: the content comes from one of them.", [nameof(TemplateId)]);
        }

        if (TemplateSections is not null && TemplateId is null)
        {
            yield return new ValidationResult("Sections are of a template: set templateId.", [nameof(TemplateSections)]);
        }
    }
}
