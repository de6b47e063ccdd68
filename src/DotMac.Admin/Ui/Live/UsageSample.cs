namespace DotMac.Admin.Ui.Live;

/// <summary>What was known of a plugin's use at one time.</summary>
/// <param name="At">The time.</param>
/// <param name="Calls">Calls since it was installed.</param>
/// <param name="Errors">Those of them that failed.</param>
/// <param name="P50">Milliseconds that half of the calls of the last five minutes took at most; null when not known.</param>
/// <param name="P95">Milliseconds that 95 of 100 took at most; null when not known.</param>
public readonly record struct UsageSample(DateTimeOffset At, long Calls, long Errors, int? P50, int? P95);
