using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace DotMac.Plugins.Slack.Operations;

/// <summary>What to post.</summary>
/// <param name="Channel">Where to: a channel's id or name, or a user's id for a direct message.</param>
/// <param name="Text">The text, in Slack's mrkdwn; with blocks, what notifications show.</param>
/// <param name="Blocks">The layout, in Block Kit.</param>
/// <param name="ThreadTs">The message to reply to.</param>
/// <param name="ReplyBroadcast">Whether the channel sees the reply as well.</param>
/// <param name="UnfurlLinks">Whether Slack shows what links lead to.</param>
/// <param name="UnfurlMedia">Whether Slack shows linked pictures and films.</param>
/// <param name="Mrkdwn">False: the text is shown as it is.</param>
/// <param name="Username">The sender's name to show; needs the scope chat:write.customize.</param>
/// <param name="IconEmoji">The sender's picture to show; needs the scope chat:write.customize.</param>
public sealed record PostMessageRequest(
    [Required, RegularExpression(SlackForms.Receiver), Description("A channel's id or name, or a user's id for a direct message.")] string Channel,
    [StringLength(MessageRules.LongestText), Description("The text, in Slack's mrkdwn: write & < > of foreign text as &amp; &lt; &gt;. With blocks, what notifications show.")] string? Text = null,
    [MaxLength(MessageRules.MostBlocks), Description("The layout, in Block Kit.")] IReadOnlyList<JsonElement>? Blocks = null,
    [RegularExpression(SlackForms.Ts), Description("The message to reply to, as post_message answered its ts.")] string? ThreadTs = null,
    [Description("Whether the channel sees the reply as well.")] bool? ReplyBroadcast = null,
    [Description("Whether Slack shows what links lead to.")] bool? UnfurlLinks = null,
    [Description("Whether Slack shows linked pictures and films.")] bool? UnfurlMedia = null,
    [Description("False: the text is shown as it is.")] bool? Mrkdwn = null,
    [StringLength(80, MinimumLength = 1), Description("The sender's name to show; needs the scope chat:write.customize.")] string? Username = null,
    [RegularExpression(":[^:\\s]{1,100}:"), Description("The sender's picture to show, such as :robot_face:; needs the scope chat:write.customize.")] string? IconEmoji = null)
    : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        ReplyBroadcast == true && ThreadTs is null
            ? MessageRules.Validate(Text, Blocks).Append(new ValidationResult("Only a reply can be broadcast: set threadTs.", [nameof(ReplyBroadcast)]))
            : MessageRules.Validate(Text, Blocks);
}
