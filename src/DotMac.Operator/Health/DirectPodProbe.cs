using System.Net;
using System.Net.Sockets;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Status;

namespace DotMac.Operator.Health;

/// <summary>Asks pods at their addresses. What answers is not trusted: no redirect is followed, time and size are bounded.</summary>
internal sealed class DirectPodProbe : IPodProbe, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(2),

        // A connection is not kept for the next time: ten thousand of them would take more memory than all that is known of the plugins.
        PooledConnectionIdleTimeout = TimeSpan.Zero,
        ActivityHeadersPropagator = null,
        MaxConnectionsPerServer = 1,
        MaxResponseHeadersLength = 16,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = StatusReader.MaxBytes,

        // Said beforehand, the pod hangs up first, and what remains of connections for a while remains with the pods.
        DefaultRequestHeaders = { ConnectionClose = true },
    };

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FreshDeadline = TimeSpan.FromSeconds(12);

    public async Task<ProbeResult> AskAsync(V1Pod pod, bool fresh, CancellationToken cancellationToken)
    {
        var name = pod.Metadata.Name ?? string.Empty;
        if (!IPAddress.TryParse(pod.Status?.PodIP, out var address))
        {
            return new ProbeResult(name, null, "the pod has no address yet");
        }

        var patience = fresh ? FreshDeadline : Deadline;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(patience);
        try
        {
            var host = address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
            using var response = await _http.GetAsync(new Uri($"http://{host}:{ContractPorts.Http}{(fresh ? ContractPaths.FreshStatus : ContractPaths.Status)}"), deadline.Token);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return new ProbeResult(name, null, $"HTTP {(int)response.StatusCode}");
            }

            return StatusAnswer.Read(name, await response.Content.ReadAsByteArrayAsync(deadline.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeResult(name, null, $"no answer within {patience.TotalSeconds:0} s");
        }
        catch (HttpRequestException e)
        {
            return new ProbeResult(name, null, e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded ? "the answer is too long" : "the connection failed");
        }
    }

    public void Dispose() => _http.Dispose();
}
