namespace DotMac.StandIns.Twilio;

/// <summary>An error as Twilio answers it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Twilio's code (https://www.twilio.com/docs/api/errors).</param>
/// <param name="Message">Twilio's reason.</param>
internal sealed record TwilioRefusal(int Status, int Code, string Message);
