namespace DotMac.EndToEndTests.Fixture;

/// <summary>A plugin of the catalog that talks to one of the stand-in's vendors.</summary>
/// <param name="Name">Its name, and the vendor's in the stand-in.</param>
/// <param name="Config">Its config, but for the address; <c>${secret:NAME-credentials/token}</c> is the vendor's token.</param>
/// <param name="Operation">An operation that works with that.</param>
/// <param name="Request">Its request.</param>
/// <param name="Answer">A member of its answer.</param>
/// <param name="TokenForm">What the vendor wants its tokens to look like.</param>
public sealed record VendorPlugin(string Name, string Config, string Operation, string Request, string Answer, string TokenForm = "{token}")
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<VendorPlugin> All { get; } =
    [
        new("sendgrid", """{"apiKey":"${secret:sendgrid-credentials/token}","fromEmail":"isp@acme.example"}""", "send_email", """{"to":[{"email":"ann@acme.example"}],"subject":"Hello","text":"Hello"}""", "messageId"),
        new("slack", """{"botToken":"${secret:slack-credentials/token}"}""", "post_message", """{"channel":"C0000000001","text":"Hello"}""", "ts"),
        new("stripe", """{"secretKey":"${secret:stripe-credentials/token}"}""", "create_customer", """{"email":"ann@acme.example"}""", "id"),
        new("hubspot", """{"accessToken":"${secret:hubspot-credentials/token}"}""", "search_objects", """{"objectType":"contacts","filterGroups":[]}""", "objects"),
        new("mailchimp", """{"apiKey":"${secret:mailchimp-credentials/token}"}""", "ping", "{}", "healthStatus", "{token}-us6"),
    ];

    /// <summary>Its name, for a test's output.</summary>
    public override string ToString() => Name;
}
