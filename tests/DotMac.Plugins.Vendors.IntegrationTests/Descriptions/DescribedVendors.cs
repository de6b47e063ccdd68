namespace DotMac.Plugins.Vendors.IntegrationTests.Descriptions;

/// <summary>The vendors whose descriptions the plugins are held against. HubSpot publishes none under a licence that allows use.</summary>
internal static class DescribedVendors
{
    public static DescribedVendor Mailchimp { get; } = new("mailchimp", ["mailchimp_marketing.json"], static _ => { });

    public static DescribedVendor SendGrid { get; } = new("sendgrid", ["sendgrid_mail_v3.json", "sendgrid_scopes_v3.json"], DescriptionChanges.ForSendGrid);

    public static DescribedVendor Slack { get; } = new("slack", ["slack_web_v2.json"], DescriptionChanges.ForSlack);

    public static DescribedVendor Stripe { get; } = new("stripe", ["stripe_payments_prism.json"], DescriptionChanges.ForStripe);

    public static DescribedVendor Twilio { get; } = new("twilio", ["twilio_api_v2010.json"], DescriptionChanges.ForTwilio);
}
