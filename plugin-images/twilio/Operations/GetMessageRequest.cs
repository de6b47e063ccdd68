using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Twilio.Operations;

/// <summary>Which message.</summary>
/// <param name="Sid">The message's SID, as send_sms answered it.</param>
public sealed record GetMessageRequest(
    [Required, RegularExpression(TwilioForms.MessageSid), Description("The message's SID, as send_sms answered it.")] string Sid);
