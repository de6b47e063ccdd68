namespace DotMac.Audit.Verification;

/// <summary>Something that is wrong with a trail.</summary>
/// <param name="Kind">What.</param>
/// <param name="File">In which file.</param>
/// <param name="Line">In which line of it, from 1; 0 for the file as a whole.</param>
/// <param name="Seq">At which number of the trail; null when that is not known.</param>
/// <param name="Message">The same for people.</param>
public sealed record AuditFinding(AuditFindingKind Kind, string File, long Line, long? Seq, string Message);
