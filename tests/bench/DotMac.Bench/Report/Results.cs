using System.Diagnostics;

namespace DotMac.Bench.Report;

/// <summary>What a run has found so far; says on the console what it is doing.</summary>
internal sealed class Results
{
    private readonly List<Figure> _figures = [];
    private readonly List<(char Part, string Line)> _raw = [];

    public Stopwatch Elapsed { get; } = Stopwatch.StartNew();

    public IReadOnlyList<Figure> Figures => _figures;

    public IEnumerable<string> RawOf(char part) => _raw.Where(r => r.Part == part).Select(static r => r.Line);

    public void Add(Figure figure) => _figures.Add(figure);

    /// <summary>A number as it was measured, before anything was made of it.</summary>
    public void Raw(char part, string line)
    {
        _raw.Add((part, line));
        Console.WriteLine($"    [{Elapsed.Elapsed:m\\:ss}] {line}");
    }

    public void Step(string what) => Console.WriteLine($"==> [{Elapsed.Elapsed:m\\:ss}] {what}");
}
