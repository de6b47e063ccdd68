using System.CommandLine;
using System.Globalization;
using DotMac.Cli.Connections;
using DotMac.Cli.Output;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Models;

namespace DotMac.Cli.Plugins;

/// <summary><c>dotmac plugin events</c>.</summary>
internal static class EventsCommand
{
    /// <summary>Makes it.</summary>
    public static Command Create(Terminal terminal)
    {
        var cluster = new ClusterOptions();
        var name = new Argument<string>("name") { Description = "The plugin" };
        var command = new Command("events", "Lists what happened to a plugin lately, newest last. Kubernetes keeps it for an hour, unless told otherwise.") { name };
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

                var events = await found.Client.Resource<Corev1Event>().ListAsync(new ListOptions(found.Namespace, FieldSelector: $"involvedObject.uid={plugin.Metadata.Uid}"), cancellationToken);
                if (events.Items.Count == 0)
                {
                    terminal.Error.WriteLine($"Nothing happened to {plugin.Metadata.Name} lately");
                    return ExitCodes.Success;
                }

                var now = DateTimeOffset.UtcNow;
                new TableWriter<Corev1Event>(
                    [
                        new("LAST SEEN", told => Ages.Of(LastSeen(told), now)),
                        new("TYPE", static told => told.Type),
                        new("REASON", static told => told.Reason),
                        new("COUNT", static told => Math.Max(1, told.Count ?? told.Series?.Count ?? 1).ToString(CultureInfo.InvariantCulture)),
                        new("MESSAGE", static told => told.Message),
                    ],
                    isWide: true).Write(terminal.Out, [.. events.Items.OrderBy(LastSeen)]);
                return ExitCodes.Success;
            },
            cancellationToken));
        return command;
    }

    private static DateTimeOffset? LastSeen(Corev1Event told) => Time(told.Series?.LastObservedTime) ?? told.LastTimestamp ?? Time(told.EventTime) ?? told.Metadata.CreationTimestamp;

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
