using System.Net;
using System.Net.Sockets;

namespace DotMac.Operator.Egress;

/// <summary>Asks the system's resolver, which in a pod is the cluster's: the one that plugins ask too.</summary>
internal sealed class DnsHostResolver : IHostResolver
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            // Written with its final dot, so that no search list of the pod makes another name of it.
            // A question that was put to the system cannot be taken back on Linux, only left alone: so the wait has an end of its own.
            return await Dns.GetHostAddressesAsync(host.EndsWith('.') ? host : host + '.', AddressFamily.InterNetwork, patience.Token).WaitAsync(patience.Token);
        }
        catch (Exception e) when (e is SocketException or ArgumentException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return [];
        }
    }
}
