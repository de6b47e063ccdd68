namespace DotMac.Cli.Doctor;

/// <summary>What was found about one part of an installation.</summary>
/// <param name="Part">The part.</param>
/// <param name="Verdict">How it is.</param>
/// <param name="Message">What was found.</param>
/// <param name="Advice">How to mend it; null where there is nothing to mend.</param>
internal sealed record Finding(string Part, Verdict Verdict, string Message, string? Advice = null);
