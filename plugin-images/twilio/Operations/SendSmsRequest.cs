using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Twilio.Operations;

/// <summary>What to send.</summary>
/// <param name="To">The receiver's number, E.164.</param>
/// <param name="Body">The text; Twilio takes at most 1600 characters.</param>
/// <param name="From">The sender: a number of the account, a short code or an alphanumeric sender id. Null: the config's.</param>
public sealed record SendSmsRequest(
    [Required, RegularExpression(TwilioForms.E164), Description("The receiver's number, E.164, such as +15005550010.")] string To,
    [StringLength(1600, MinimumLength = 1), Description("The text.")] string Body,
    [StringLength(34, MinimumLength = 1), Description("The sender, if not the config's.")] string? From = null);
