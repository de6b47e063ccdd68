using System.Text.Json.Serialization;
using DotMac.Plugins.SendGrid.Operations;

namespace DotMac.Plugins.SendGrid.Api;

/// <summary>A file that goes along with a mail.</summary>
internal sealed record MailAttachment(string Content, string? Type, [property: JsonPropertyName("filename")] string FileName, string Disposition, string? ContentId)
{
    /// <summary>The attachment of a request.</summary>
    public static MailAttachment Of(EmailAttachment attachment) => new(
        attachment.ContentBase64,
        attachment.ContentType,
        attachment.FileName,
        attachment.Disposition == AttachmentDisposition.Inline ? "inline" : "attachment",
        attachment.ContentId);
}
