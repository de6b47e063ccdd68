using System.CommandLine;
using DotMac.Cli.Connections;

namespace DotMac.Cli.Doctor;

/// <summary><c>dotmac doctor</c>.</summary>
internal static class DoctorCommand
{
    private const int PartWidth = 34;

    /// <summary>Makes it.</summary>
    public static Command Create(Terminal terminal)
    {
        var cluster = new ClusterOptions(isOfTenant: false);
        var ns = new Option<string>("--operator-namespace") { Description = "The operator's namespace. Default: dotmac-system", DefaultValueFactory = static _ => "dotmac-system" };
        var command = new Command("doctor", "Says what is wrong with an installation, and how to mend it. Ends with 1 when something does not work.") { ns };
        cluster.AddTo(command);
        command.SetAction((parsed, cancellationToken) => cluster.RunAsync(
            terminal,
            parsed,
            async found =>
            {
                var (bad, doubtful) = (0, 0);
                await foreach (var finding in new Examination(found.Client, parsed.GetValue(ns)!).RunAsync(cancellationToken))
                {
                    Write(terminal.Out, finding);
                    bad += finding.Verdict == Verdict.Bad ? 1 : 0;
                    doubtful += finding.Verdict is Verdict.Warning or Verdict.Unknown ? 1 : 0;
                }

                terminal.Out.WriteLine();
                terminal.Out.WriteLine(bad > 0 ? $"{bad} {(bad == 1 ? "part does" : "parts do")} not work" : doubtful > 0 ? $"It works; {doubtful} {(doubtful == 1 ? "part wants" : "parts want")} looking after" : "All is well");
                return bad > 0 ? ExitCodes.Failure : ExitCodes.Success;
            },
            cancellationToken));
        return command;
    }

    private static void Write(TextWriter output, Finding finding)
    {
        var mark = finding.Verdict switch
        {
            Verdict.Good => "ok  ",
            Verdict.Warning => "warn",
            Verdict.Bad => "FAIL",
            _ => "?   ",
        };
        output.WriteLine($"{mark}  {finding.Part.PadRight(PartWidth)}  {finding.Message}");
        if (finding.Advice is not null)
        {
            output.WriteLine($"      {string.Empty.PadRight(PartWidth)}  → {finding.Advice}");
        }
    }
}
