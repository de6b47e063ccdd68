namespace DotMac.Admin.Ui.Sessions;

/// <summary>What pages may load and do (Content Security Policy Level 3): what comes from this service, and no script that stands in a page.</summary>
internal static class PagePolicy
{
    // Attributes of style set how long a list is that is only drawn where it is looked at; they can load nothing and run nothing.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'self'; frame-ancestors 'none'; object-src 'none'";

    /// <summary>Sets it.</summary>
    public static void Set(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers["Referrer-Policy"] = "same-origin";
    }
}
