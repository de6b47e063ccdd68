namespace DotMac.Plugins.Mailchimp.Operations;

/// <summary>The form of Mailchimp's identifiers. They become parts of paths, so nothing else may stand in them.</summary>
internal static class MailchimpForms
{
    /// <summary>An audience's or a campaign's id.</summary>
    public const string Id = "[A-Za-z0-9]{1,64}";
}
