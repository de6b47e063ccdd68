namespace DotMac.StandIns.Vault;

/// <summary>An answer that a test prepared.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body; JSON or what a proxy would say.</param>
/// <param name="RetryAfter">The header Retry-After; null when there is none.</param>
public sealed record PreparedAnswer(int Status, string Body = """{"errors":[]}""", string? RetryAfter = null);
