namespace DotMac.Admin.Ui.Words;

/// <summary>A step on a plugin's way from being stored to running.</summary>
/// <param name="Text">What is done in it.</param>
/// <param name="Tone">Neutral: not begun. Busy: under way. Good: done. Bad: it goes no further here.</param>
/// <param name="Message">What is waited for, or what is wrong; null for nothing.</param>
public sealed record ProgressStep(string Text, Tone Tone, string? Message);
