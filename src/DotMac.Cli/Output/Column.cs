namespace DotMac.Cli.Output;

/// <summary>A column of a table.</summary>
/// <typeparam name="T">What a row shows.</typeparam>
/// <param name="Title">Its title.</param>
/// <param name="Value">What stands in it; null or empty for nothing.</param>
/// <param name="IsWide">Whether it is only there where there is room.</param>
internal sealed record Column<T>(string Title, Func<T, string?> Value, bool IsWide = false);
