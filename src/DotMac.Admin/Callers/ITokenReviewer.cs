using DotMac.Kubernetes.Models;

namespace DotMac.Admin.Callers;

/// <summary>Tells whose a token is.</summary>
internal interface ITokenReviewer
{
    /// <summary>Whose it is; null when it is nobody's.</summary>
    /// <exception cref="Problems.ProblemException">It cannot be told now.</exception>
    ValueTask<V1UserInfo?> ReviewAsync(string token, CancellationToken cancellationToken);
}
