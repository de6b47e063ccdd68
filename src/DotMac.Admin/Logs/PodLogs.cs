using System.Text;
using System.Threading.Channels;
using DotMac.Admin.Callers;
using DotMac.Admin.Tenants;
using DotMac.Admin.Writing;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Models;

namespace DotMac.Admin.Logs;

/// <summary>The logs of a plugin's pods, read with the caller's own token: whether they may, Kubernetes decides by its right to read logs of pods.</summary>
internal sealed class PodLogs(CallerClients clients)
{
    private const string Container = "plugin";
    private const int MostPods = 20;
    private const int LongestLine = 64 * 1024;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    /// <summary>Writes them.</summary>
    /// <param name="caller">For whom.</param>
    /// <param name="target">Whose.</param>
    /// <param name="query">Which part of them.</param>
    /// <param name="begin">Called once it is certain that they may be read; gives where they go.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Problems.ProblemException">They may not be read, or there are none.</exception>
    public async Task CopyAsync(Caller caller, Target target, LogQuery query, Func<Stream> begin, CancellationToken cancellationToken)
    {
        var client = clients.As(caller.RevealToken());
        var pods = await PodsAsync(client, target, query, cancellationToken);
        if (pods.Count == 0 && !query.Follow)
        {
            throw Problems.Refuse.NotFound(query.Pod is null ? "it has no pods: it is deactivated, or not installed yet; see its status" : "it has no such pod; leave pod out for all of them");
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lines = Channel.CreateBounded<string?>(new BoundedChannelOptions(256) { SingleReader = true });
        var reading = ReadAsync(client, target, query, pods, lines.Writer, stop.Token);
        try
        {
            // A log that was opened, or the end of all: until then the answer may still become a refusal.
            if (!await lines.Reader.WaitToReadAsync(cancellationToken))
            {
                await reading;
            }

            var output = begin();
            await foreach (var line in lines.Reader.ReadAllAsync(cancellationToken))
            {
                if (line is not null)
                {
                    await output.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
                }

                if (lines.Reader.Count == 0)
                {
                    await output.FlushAsync(cancellationToken);
                }
            }

            await reading;
        }
        finally
        {
            await stop.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Where it is followed, pods that come later are followed too, from their beginning.
    private static async Task ReadAsync(
        IKubernetesClient client, Target target, LogQuery query, IReadOnlyList<string> first, ChannelWriter<string?> lines, CancellationToken cancellationToken)
    {
        try
        {
            var known = first.ToHashSet(StringComparer.Ordinal);
            var isSeveral = first.Count > 1 || (query.Follow && query.Pod is null);
            var running = first.Select(pod => PodAsync(client, target, query, pod, isSeveral, lines, cancellationToken)).ToList();
            while (query.Follow)
            {
                await Task.Delay(LookAgain, cancellationToken);
                foreach (var ended in running.Where(static task => task.IsCompleted).ToList())
                {
                    running.Remove(ended);
                    await ended;
                }

                foreach (var pod in (await PodsAsync(client, target, query, cancellationToken)).Where(known.Add))
                {
                    running.Add(PodAsync(client, target, query with { Tail = null, Since = null }, pod, isSeveral, lines, cancellationToken));
                }
            }

            await Task.WhenAll(running);
        }
        catch (ApiException e)
        {
            throw ApiRefusal.Of(e, isConditional: false, null);
        }
        finally
        {
            lines.TryComplete();
        }
    }

    private static async Task PodAsync(
        IKubernetesClient client, Target target, LogQuery query, string pod, bool isSeveral, ChannelWriter<string?> lines, CancellationToken cancellationToken)
    {
        var path = $"api/v1/namespaces/{Uri.EscapeDataString(target.Key.Namespace)}/pods/{Uri.EscapeDataString(pod)}/log?{query.ToPodQuery(Container)}";
        try
        {
            await client.ReadStreamAsync(path, (stream, token) => LinesAsync(stream, isSeveral ? $"[{pod}] " : string.Empty, lines, token), cancellationToken);
        }
        catch (ApiException e) when (e.IsInvalid || e.IsNotFound)
        {
            // A container that has not started has no log yet, and a pod may be gone by now.
            await lines.WriteAsync($"{(isSeveral ? $"[{pod}] " : string.Empty)}-- no log: {e.Status.Message}", cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or TimeoutException)
        {
            await lines.WriteAsync($"{(isSeveral ? $"[{pod}] " : string.Empty)}-- the log broke off: {e.Message}", cancellationToken);
        }
    }

    private static async Task LinesAsync(Stream stream, string prefix, ChannelWriter<string?> lines, CancellationToken cancellationToken)
    {
        await lines.WriteAsync(null, cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var (line, buffer) = (new StringBuilder(), new char[4096]);
        while (await reader.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            var start = 0;
            for (var i = 0; i < count; i++)
            {
                if (buffer[i] != '\n')
                {
                    continue;
                }

                Append(line, buffer.AsSpan(start, i - start));
                await lines.WriteAsync(prefix + line, cancellationToken);
                line.Clear();
                start = i + 1;
            }

            Append(line, buffer.AsSpan(start, count - start));
        }

        if (line.Length > 0)
        {
            await lines.WriteAsync(prefix + line, cancellationToken);
        }
    }

    private static void Append(StringBuilder line, ReadOnlySpan<char> text) => line.Append(text[..Math.Min(text.Length, Math.Max(0, LongestLine - line.Length))]);

    // Each plugin has a service account of its own, of its own name: that is what tells whose a pod is.
    private static async Task<IReadOnlyList<string>> PodsAsync(IKubernetesClient client, Target target, LogQuery query, CancellationToken cancellationToken)
    {
        try
        {
            var pods = await client.Resource<V1Pod>().ListAsync(
                new ListOptions(target.Key.Namespace, FieldSelector: $"spec.serviceAccountName={target.Key.Name}") { Limit = MostPods }, cancellationToken);
            return [.. pods.Items.Select(static pod => pod.Metadata.Name!).Where(name => query.Pod is null || name == query.Pod).Order(StringComparer.Ordinal)];
        }
        catch (ApiException e)
        {
            throw ApiRefusal.Of(e, isConditional: false, null);
        }
    }
}
