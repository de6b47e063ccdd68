namespace DotMac.Cli;

/// <summary>Where a command writes: what was asked for, and what is said beside it.</summary>
/// <param name="Out">What was asked for; may be piped on.</param>
/// <param name="Error">Errors and progress, for people.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error)
{
    /// <summary>The process's own.</summary>
    public static Terminal OfProcess() => new(Console.Out, Console.Error);
}
