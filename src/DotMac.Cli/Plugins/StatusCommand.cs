using System.CommandLine;
using System.Globalization;
using DotMac.Cli.Connections;
using DotMac.Cli.Output;
using DotMac.Plugins.Resources;

namespace DotMac.Cli.Plugins;

/// <summary><c>dotmac plugin status</c>.</summary>
internal static class StatusCommand
{
    /// <summary>Makes it.</summary>
    public static Command Create(Terminal terminal)
    {
        var cluster = new ClusterOptions();
        var name = new Argument<string>("name") { Description = "The plugin" };
        var format = OutputOption.Create();
        var command = new Command("status", "Says how a plugin is, and what to do where something is wrong. Ends with 1 when it is not ready.") { name, format };
        cluster.AddTo(command);
        command.SetAction((parsed, cancellationToken) => cluster.RunAsync(
            terminal,
            parsed,
            async found =>
            {
                if (await PluginReader.ReadAsync(terminal, found, parsed.GetValue(name)!, cancellationToken) is not { } plugin)
                {
                    return ExitCodes.Failure;
                }

                if (parsed.GetValue(format) is var wanted && wanted is OutputFormat.Table or OutputFormat.Wide)
                {
                    Write(terminal.Out, plugin);
                }
                else
                {
                    PluginTable.Create(false, DateTimeOffset.UtcNow).WriteOne(terminal.Out, plugin, wanted);
                }

                return plugin.IsUpToDate() && plugin.Status!.FindCondition(ConditionTypes.Ready) is { Status: "True" } ? ExitCodes.Success : ExitCodes.Failure;
            },
            cancellationToken));
        return command;
    }

    private static void Write(TextWriter output, TenantPlugin plugin)
    {
        var status = plugin.Status;
        var facts = new List<(string Name, string? Value)>
        {
            ("Plugin", $"{plugin.Spec?.Plugin} {status?.Version ?? plugin.Spec?.Version}".TrimEnd()),
            ("Tenant", status?.Tenant),
            ("Phase", status?.Phase?.ToString() ?? "not looked at yet"),
            ("Ready pods", status?.Ready),
            ("Health", status?.Health is { } health ? $"{health.State}{(health.CheckedAt is { } at ? $", asked {Time(at)}" : string.Empty)}" : null),
            ("Calls", status?.Metrics is { } metrics ? string.Create(CultureInfo.InvariantCulture, $"{metrics.ApiCalls ?? 0}, {metrics.ApiErrors ?? 0} of them failed") : null),
            ("Newer versions", status?.AvailableVersions is { Count: > 0 } newer ? string.Join(", ", newer) : null),
            ("Rollout", status?.Rollback is { } back ? $"version {back.Version} was taken back: {back.Message}" : status?.Rollout is not null ? "a change is being tried" : null),
        };
        if (!plugin.IsUpToDate())
        {
            facts.Add(("Note", "the operator has not acted upon the newest change yet; this is of before"));
        }

        foreach (var (fact, value) in facts.Where(static fact => !string.IsNullOrEmpty(fact.Value)))
        {
            output.WriteLine($"{fact + ":",-16}{OneLine(value!)}");
        }

        if (status?.Conditions is { Count: > 0 } conditions)
        {
            output.WriteLine();
            new TableWriter<DotMac.Kubernetes.Models.V1Condition>(
                [new("CONDITION", static c => c.Type), new("STATUS", static c => c.Status), new("REASON", static c => c.Reason), new("MESSAGE", static c => c.Message)], isWide: true).Write(output, [.. conditions]);
        }

        if (status?.Health?.Checks is { Count: > 0 } checks)
        {
            output.WriteLine();
            new TableWriter<TenantPluginHealthCheck>([new("CHECK", static c => c.Name), new("STATE", static c => c.State?.ToString()), new("MESSAGE", static c => c.Message)], isWide: true).Write(output, [.. checks]);
        }
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string OneLine(string text) => string.Concat(text.Select(static c => char.IsControl(c) ? ' ' : c));
}
