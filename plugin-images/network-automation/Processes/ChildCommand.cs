namespace DotMac.Plugins.NetworkAutomation.Processes;

/// <summary>A program to run. No shell is between us and it: every argument arrives as it stands here.</summary>
/// <param name="Program">The program's name; it is looked for in the system's directories only.</param>
/// <param name="Arguments">Its arguments, none of them secret: everybody can read a command line.</param>
/// <param name="Environment">Its whole environment, but for what every program gets.</param>
/// <param name="Directory">The private directory of the call: its working directory, home and place for temporary files.</param>
internal sealed record ChildCommand(
    string Program,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment,
    string Directory)
{
    /// <summary>What it reads on standard input.</summary>
    public byte[] Input { get; init; } = [];
}
