using System.Buffers.Text;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.SendGrid.Operations;

/// <summary>A file that goes along with a mail.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="ContentBase64">Its bytes in base64, in one line.</param>
/// <param name="ContentType">Its media type; null: SendGrid takes application/octet-stream.</param>
/// <param name="Disposition">How mail programs show it.</param>
/// <param name="ContentId">What the HTML calls it, as in <c>cid:logo</c>; for inline only.</param>
public sealed record EmailAttachment(
    [Required, RegularExpression(SendGridForms.OneLine), StringLength(255), Description("Its name.")] string FileName,
    [Required, Description("Its bytes in base64, in one line. The whole request has at most 1 MiB, so all attachments together have about 750 KiB.")] string ContentBase64,
    [RegularExpression(SendGridForms.MediaType), StringLength(255), Description("Its media type, such as application/pdf.")] string? ContentType = null,
    [Description("How mail programs show it: attachment or inline.")] AttachmentDisposition Disposition = AttachmentDisposition.Attachment,
    [RegularExpression(@"[^\s<>]+"), StringLength(255), Description("What the HTML calls it, as in cid:logo; for inline only.")] string? ContentId = null) : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // IsValid lets white space pass, SendGrid does not.
        if (!Base64.IsValid(ContentBase64) || ContentBase64.Any(char.IsWhiteSpace))
        {
            yield return new ValidationResult("Must be base64 (RFC 4648, section 4) with its padding and without line breaks.", [nameof(ContentBase64)]);
        }

        if (Disposition == AttachmentDisposition.Inline && ContentId is null)
        {
            yield return new ValidationResult("An inline attachment needs a content id: the HTML shows it by <img src=\"cid:…\">.", [nameof(ContentId)]);
        }
    }

    /// <summary>Its name: a record would print the whole file.</summary>
    /// <returns>Its name.</returns>
    public override string ToString() => FileName;
}
