using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace DotMac.Plugins.Slack.Operations;

/// <summary>What to change a message to.</summary>
/// <param name="Channel">The channel's id, as post_message answered it.</param>
/// <param name="Ts">The message, as post_message answered it.</param>
/// <param name="Text">The new text.</param>
/// <param name="Blocks">The new layout; empty: none.</param>
public sealed record UpdateMessageRequest(
    [Required, RegularExpression(SlackForms.ChannelId), Description("The channel's id, as post_message answered it.")] string Channel,
    [Required, RegularExpression(SlackForms.Ts), Description("The message, as post_message answered it.")] string Ts,
    [StringLength(MessageRules.LongestText), Description("The new text.")] string? Text = null,
    [MaxLength(MessageRules.MostBlocks), Description("The new layout, in Block Kit; empty: none.")] IReadOnlyList<JsonElement>? Blocks = null)
    : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => MessageRules.Validate(Text, Blocks);
}
