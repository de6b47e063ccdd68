namespace DotMac.StandIns.Twilio;

/// <summary>An answer that a test prepared.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON.</param>
/// <param name="RetryAfter">The header Retry-After; null when there is none.</param>
public sealed record PreparedAnswer(int Status, string Body, string? RetryAfter = null);
