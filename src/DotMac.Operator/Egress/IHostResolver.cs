using System.Net;

namespace DotMac.Operator.Egress;

/// <summary>Asks for the addresses of a name.</summary>
internal interface IHostResolver
{
    /// <summary>Asks once.</summary>
    /// <param name="host">The name.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The addresses; none when the name has none, or nobody could tell.</returns>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}
