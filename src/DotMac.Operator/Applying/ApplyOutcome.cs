namespace DotMac.Operator.Applying;

/// <summary>What came of applying.</summary>
/// <param name="Writes">How many objects were written or deleted.</param>
/// <param name="Conflict">An object that stands in the way, <c>Service twilio</c>; null when none does.</param>
/// <param name="Refused">What the server found wrong with an object and will find wrong again; null when nothing.</param>
internal sealed record ApplyOutcome(int Writes, string? Conflict = null, string? Refused = null);
