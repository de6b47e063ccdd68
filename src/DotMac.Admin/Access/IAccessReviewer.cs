using DotMac.Admin.Callers;

namespace DotMac.Admin.Access;

/// <summary>Tells what a caller may do to TenantPlugins. Kubernetes decides.</summary>
internal interface IAccessReviewer
{
    /// <summary>Whether they may.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="verb">What, one of <see cref="Verbs"/>.</param>
    /// <param name="ns">In which namespace; empty for all of them.</param>
    /// <param name="name">To which one; null for any.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Problems.ProblemException">It cannot be told now.</exception>
    ValueTask<bool> MayAsync(Caller caller, string verb, string ns, string? name, CancellationToken cancellationToken);
}
