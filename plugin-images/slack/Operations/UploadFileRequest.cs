using System.Buffers.Text;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Slack.Operations;

/// <summary>What to upload.</summary>
/// <param name="Filename">The file's name.</param>
/// <param name="Content">The file's bytes, base64.</param>
/// <param name="Channel">The id of the channel to share it in; null: nobody but the bot sees it.</param>
/// <param name="Title">The title to show; null: the file's name.</param>
/// <param name="InitialComment">The message to share it with.</param>
/// <param name="ThreadTs">The message to reply to with it.</param>
/// <param name="AltText">What a picture shows, for those who cannot see it.</param>
public sealed record UploadFileRequest(
    [Required, StringLength(255), RegularExpression(@"[^/\\\x00-\x1f]+"), Description("The file's name, such as report.pdf.")] string Filename,
    [Required, Description("The file's bytes, base64; a whole request has at most 1 MiB.")] string Content,
    [RegularExpression(SlackForms.ChannelId), Description("The id of the channel to share it in; left out: nobody but the bot sees it.")] string? Channel = null,
    [StringLength(255, MinimumLength = 1), Description("The title to show; left out: the file's name.")] string? Title = null,
    [StringLength(4000, MinimumLength = 1), Description("The message to share it with.")] string? InitialComment = null,
    [RegularExpression(SlackForms.Ts), Description("The message to reply to with it.")] string? ThreadTs = null,
    [StringLength(1000, MinimumLength = 1), Description("What a picture shows, for those who cannot see it.")] string? AltText = null)
    : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Base64.IsValid(Content, out int length) || length == 0)
        {
            yield return new ValidationResult("Must be base64 (RFC 4648, section 4) of at least one byte.", [nameof(Content)]);
        }

        if (Channel is null && InitialComment is not null)
        {
            yield return new ValidationResult("Only a shared file has a message: set channel.", [nameof(InitialComment)]);
        }

        if (Channel is null && ThreadTs is not null)
        {
            yield return new ValidationResult("Only a shared file can be a reply: set channel.", [nameof(ThreadTs)]);
        }
    }
}
