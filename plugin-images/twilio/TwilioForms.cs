namespace DotMac.Plugins.Twilio;

/// <summary>The forms that Twilio's API description (twilio-oai, <c>twilio_api_v2010.json</c>) gives its identifiers.</summary>
internal static class TwilioForms
{
    /// <summary>An account's SID.</summary>
    public const string AccountSid = "AC[0-9a-fA-F]{32}";

    /// <summary>A message's SID.</summary>
    public const string MessageSid = "(SM|MM)[0-9a-fA-F]{32}";

    /// <summary>A messaging service's SID.</summary>
    public const string MessagingServiceSid = "MG[0-9a-fA-F]{32}";

    /// <summary>A phone number, ITU-T E.164: at most 15 digits, the first not 0.</summary>
    public const string E164 = @"\+[1-9][0-9]{1,14}";

    /// <summary>How many media a message has at most.</summary>
    public const int MaxMedia = 10;

    /// <summary>Whether Twilio could ask an address.</summary>
    public static bool IsWebAddress(Uri url) => url.IsAbsoluteUri && url.Scheme is ("https" or "http");
}
