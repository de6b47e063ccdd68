using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Twilio.Operations;

/// <summary>Which messages.</summary>
/// <param name="To">Those to this receiver; null: to anybody.</param>
/// <param name="From">Those from this sender; null: from anybody.</param>
/// <param name="SentAfter">Those sent at this time or later; null: since ever.</param>
/// <param name="SentBefore">Those sent at this time or before; null: until now.</param>
/// <param name="PageSize">How many at a time.</param>
/// <param name="PageToken">The <c>nextPageToken</c> of the page before; null: the first page.</param>
public sealed record ListMessagesRequest(
    [StringLength(64, MinimumLength = 1), Description("Only messages to this receiver.")] string? To = null,
    [StringLength(64, MinimumLength = 1), Description("Only messages from this sender.")] string? From = null,
    [Description("Only messages sent at this time or later.")] DateTimeOffset? SentAfter = null,
    [Description("Only messages sent at this time or before.")] DateTimeOffset? SentBefore = null,
    [Range(1, 200), Description("How many messages at a time.")] int PageSize = 50,
    [StringLength(512, MinimumLength = 1), Description("The nextPageToken of the page before. Repeat the other fields as they were.")] string? PageToken = null)
    : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SentAfter > SentBefore)
        {
            yield return new ValidationResult("Must not be later than sentBefore.", [nameof(SentAfter)]);
        }
    }
}
