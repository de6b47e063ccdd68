namespace DotMac.Admin.Ui.Forms;

/// <summary>A place where two configurations differ.</summary>
/// <param name="Field">The place, as a path of names.</param>
/// <param name="Before">What is there; null for nothing. Never a secret.</param>
/// <param name="After">What would be; null for nothing. Never a secret.</param>
public sealed record ConfigDifference(string Field, string? Before, string? After);
