namespace DotMac.Admin.Ui.Live;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Values">Its values, one a time; null where none is known.</param>
public sealed record ChartLine(string Name, IReadOnlyList<double?> Values);
