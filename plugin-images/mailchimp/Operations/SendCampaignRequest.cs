using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Mailchimp.Operations;

/// <summary>A campaign to send.</summary>
/// <param name="CampaignId">The campaign's id.</param>
public sealed record SendCampaignRequest([Required, RegularExpression(MailchimpForms.Id), Description("The campaign's id.")] string CampaignId);
