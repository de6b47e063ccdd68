using System.Globalization;
using System.Text;

namespace DotMac.Bench.Report;

/// <summary>The report as people read it.</summary>
internal sealed class Markdown(BenchOptions options, Results results)
{
    private static readonly (char Part, string Title, string Method)[] Parts =
    [
        ('a', "Creating TenantPlugins", """
            TenantPlugins are created, 16 at a time, until each has a ServiceAccount, ConfigMap, Deployment, Service and NetworkPolicy and
            `status.observedGeneration` is its generation. Every run has a fresh API server. The bare loop sends, 16 at a time and with no operator
            there, the writes that the operator was seen to send (recorded from the API server's audit log for one TenantPlugin, replayed with other
            names). Processor time is that of the operator's process from the first creation on; it includes the just-in-time compiler. Ratios to the
            client-go operator are of runs under the client-go operator's own load; all ratios are of medians over the rounds.
            """),
        ('b', "From a change to the start of its reconcile", """
            Writer, informer and controller are in one process, all times of one Stopwatch. The figure is the time from when the answer to the PATCH had
            been read by the writer until the reconcile of that version began; it is negative where the event was faster than the answer. When the
            bytes of the event arrived is not known; the raw numbers therefore also have the time from before the PATCH was sent, which contains all of
            the API server's work, and from when the informer had parsed the event, which is the queue alone. Idle: one change each 20 ms. Under load: the same
            while other TenantPlugins change at 200 a second.
            """),
        ('c', "Memory", """
            Bytes per object: managed memory after a full, compacting collection, with a kind's informer filled and after it is dropped, divided by the
            number of objects. Resident: VmRSS of the operator's process when it has become quiet. TenantPlugins alone are such as name a definition that is
            not there: they get a status and no children.
            """),
        ('d', "Idle", "One minute with all TenantPlugins and children of part a present; writes from the API server's audit log."),
        ('e', "Restart", "The operator is killed and started again with all of part a present: until `/readyz` says so, and writes until it is quiet."),
        ('f', "Parsing a watch event", "BenchmarkDotNet 0.15.8; an event of 2.7 KB with managedFields; plain is `Encoding.GetString` and `JsonSerializer.Deserialize` into records."),
        ('g', "Health", """
            Every TenantPlugin has its children and a pod that a stand-in answers for, each at a loopback address of its own, asked every 15 s; numbers
            are written every 60 s at most. Writes from the API server's audit log. A change of health: from the moment at which the stand-in first told it until
            a watch brought the status that says so, while every number of every plugin changes.
            """),
    ];

    /// <summary>The figures.</summary>
    public string Table()
    {
        if (results.Figures.Count == 0)
        {
            return string.Empty;
        }

        var name = results.Figures.Max(static f => f.Name.Length);
        var measured = results.Figures.Max(static f => f.Measured.Length);
        var target = Math.Max(6, results.Figures.Max(static f => f.Target.Length));
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"|   | {"Figure".PadRight(name)} | {"Measured".PadRight(measured)} | {"Target".PadRight(target)} | Reached?    |");
        text.AppendLine(CultureInfo.InvariantCulture, $"|---|-{new string('-', name)}-|-{new string('-', measured)}-|-{new string('-', target)}-|-------------|");
        foreach (var figure in results.Figures.OrderBy(static f => f.Part))
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {figure.Part} | {figure.Name.PadRight(name)} | {figure.Measured.PadRight(measured)} | {figure.Target.PadRight(target)} | {figure.Verdict,-11} |");
        }

        return text.ToString();
    }

    /// <summary>All of it.</summary>
    public string Text()
    {
        var text = new StringBuilder("# Results of `make bench`\n\n");
        text.Append("Written by the last run; do not edit. Seconds are of this machine on that day: compare ratios, and only of one run.\n\n");
        text.Append(Table()).Append('\n');
        text.Append("## Machine\n\n");
        foreach (var line in Machine.Describe())
        {
            text.Append("- ").Append(line).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"- the run took {results.Elapsed.Elapsed.TotalMinutes:0.0} minutes\n");
        text.Append("\n## Commands\n\n```\nmake bench\n").Append(Command()).Append("\n```\n");
        foreach (var (part, title, method) in Parts.Where(p => options.Has(p.Part)))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {part}. {title}\n\n{method.TrimEnd()}\n\n```\n");
            foreach (var line in results.RawOf(part))
            {
                text.Append(line).Append('\n');
            }

            text.Append("```\n");
        }

        return text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    private string Command() =>
        $"dotnet DotMac.Bench.dll --operator {Path.GetFileName(options.Operator)} --peer {Path.GetFileName(options.Peer ?? "none")} "
        + string.Create(CultureInfo.InvariantCulture, $"--parts {options.Parts} --count {options.Count} --rounds {options.Rounds}")
        + "\ndotnet DotMac.Operator.dll --kubeconfig … --metrics-bind-address 127.0.0.1:…   # DOTNET_gcServer=0 DOTNET_EnableDiagnostics=0 DOTNET_GCgen0size=0x200000";
}
