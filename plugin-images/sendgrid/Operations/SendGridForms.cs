namespace DotMac.Plugins.SendGrid.Operations;

/// <summary>The forms and limits of what SendGrid takes (https://www.twilio.com/docs/sendgrid/api-reference/mail-send/limitations).</summary>
internal static class SendGridForms
{
    /// <summary>An address, roughly: SendGrid itself looks closer. No angle brackets, for names have a member of their own.</summary>
    public const string Email = @"[^@\s<>,;]+@[^@\s<>,;]+";

    /// <summary>Text that cannot break out of a mail's header.</summary>
    public const string OneLine = @"[^\r\n]*";

    /// <summary>A media type without parameters.</summary>
    public const string MediaType = @"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+";

    /// <summary>A template's id: <c>d-…</c>, or a UUID of the legacy kind.</summary>
    public const string TemplateId = "[A-Za-z0-9-]{1,255}";

    /// <summary>The longest address.</summary>
    public const int MaxEmail = 320;

    /// <summary>The longest name beside an address.</summary>
    public const int MaxName = 255;

    /// <summary>The most receivers of one mail: to, cc and bcc together.</summary>
    public const int MaxReceivers = 1000;

    /// <summary>The most bytes of all custom arguments together.</summary>
    public const int MaxCustomArgsBytes = 10_000;

    /// <summary>The furthest that a mail can be put off.</summary>
    public static TimeSpan MaxDelay { get; } = TimeSpan.FromHours(72);
}
