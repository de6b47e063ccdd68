namespace DotMac.Cli.Output;

/// <summary>Writes aligned tables, as kubectl does: titles in capitals, three spaces between columns, the last one as long as it is.</summary>
/// <typeparam name="T">What a row shows.</typeparam>
/// <param name="columns">The columns.</param>
/// <param name="isWide">Whether there is room for all of them.</param>
internal sealed class TableWriter<T>(IReadOnlyList<Column<T>> columns, bool isWide)
{
    private const string Nothing = "-";
    private const int Gap = 3;

    private readonly IReadOnlyList<Column<T>> _columns = [.. columns.Where(column => isWide || !column.IsWide)];

    /// <summary>Writes a table.</summary>
    public void Write(TextWriter output, IReadOnlyList<T> rows)
    {
        var cells = rows.Select(row => _columns.Select(column => Cell(column.Value(row))).ToList()).Prepend([.. _columns.Select(static column => column.Title)]).ToList();
        var widths = Enumerable.Range(0, _columns.Count).Select(at => cells.Max(row => row[at].Length)).ToList();
        foreach (var row in cells)
        {
            output.WriteLine(string.Concat(row.Select((cell, at) => at == row.Count - 1 ? cell : cell.PadRight(widths[at] + Gap))).TrimEnd());
        }
    }

    // What others have written goes to a terminal: nothing of it may move the cursor or begin a line.
    private static string Cell(string? text) => string.IsNullOrEmpty(text) ? Nothing : string.Concat(text.Select(static c => char.IsControl(c) ? ' ' : c));
}
