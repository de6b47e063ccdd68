using DotMac.Plugins.SendGrid.Operations;

namespace DotMac.Plugins.SendGrid.Api;

/// <summary>A mail's content in one form.</summary>
internal sealed record MailContent(string Type, string Value)
{
    /// <summary>The contents of a request. SendGrid wants plain text first.</summary>
    public static IReadOnlyList<MailContent> Of(SendEmailRequest request)
    {
        var contents = new List<MailContent>(2);
        if (request.Text is { } text)
        {
            contents.Add(new MailContent("text/plain", text));
        }

        if (request.Html is { } html)
        {
            contents.Add(new MailContent("text/html", html));
        }

        return contents;
    }
}
