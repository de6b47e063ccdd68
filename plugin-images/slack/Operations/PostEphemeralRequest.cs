using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace DotMac.Plugins.Slack.Operations;

/// <summary>What to show to one user.</summary>
/// <param name="Channel">In which channel: its id or name.</param>
/// <param name="User">To whom: the id of a user who is in the channel.</param>
/// <param name="Text">The text.</param>
/// <param name="Blocks">The layout, in Block Kit.</param>
/// <param name="ThreadTs">The thread to show it in.</param>
public sealed record PostEphemeralRequest(
    [Required, RegularExpression(SlackForms.Receiver), Description("In which channel: its id or name.")] string Channel,
    [Required, RegularExpression(SlackForms.UserId), Description("To whom: the id of a user who is in the channel.")] string User,
    [StringLength(MessageRules.LongestText), Description("The text, in Slack's mrkdwn: write & < > of foreign text as &amp; &lt; &gt;.")] string? Text = null,
    [MaxLength(MessageRules.MostBlocks), Description("The layout, in Block Kit.")] IReadOnlyList<JsonElement>? Blocks = null,
    [RegularExpression(SlackForms.Ts), Description("The thread to show it in.")] string? ThreadTs = null)
    : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => MessageRules.Validate(Text, Blocks);
}
