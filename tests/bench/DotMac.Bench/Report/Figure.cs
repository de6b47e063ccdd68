namespace DotMac.Bench.Report;

/// <summary>One line of the table.</summary>
/// <param name="Part">The part of the benchmark, a to f.</param>
/// <param name="Name">What was measured.</param>
/// <param name="Measured">The value with its unit.</param>
/// <param name="Target">What it is to be; empty where it is only told.</param>
/// <param name="Reached">Whether it is so; null where there is no target.</param>
internal sealed record Figure(char Part, string Name, string Measured, string Target = "", bool? Reached = null)
{
    /// <summary>A figure that is to be at most so much.</summary>
    public static Figure AtMost(char part, string name, double measured, double limit, string unit, string format = "0.00") => new(
        part,
        name,
        Text(measured, format, unit),
        "≤ " + Text(limit, "0.##", unit),

        // What is shown is what is judged: 1.004 is shown as 1.00.
        double.Parse(measured.ToString(format, Invariant), Invariant) <= limit);

    /// <summary>A figure without a target.</summary>
    public static Figure Told(char part, string name, double measured, string unit, string format = "0.00") => new(part, name, Text(measured, format, unit));

    /// <summary>The last column.</summary>
    public string Verdict => Reached switch { true => "reached", false => "NOT reached", null => string.Empty };

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;

    private static string Text(double value, string format, string unit) => value.ToString(format, Invariant) + (unit.Length > 0 ? " " + unit : string.Empty);
}
