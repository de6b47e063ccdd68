using DotMac.Vault.Secrets;

namespace DotMac.Admin.Secrets;

/// <summary>Keeps secrets that came in with a request. It cannot read any.</summary>
internal interface ISecretStore
{
    /// <summary>Whether there is one.</summary>
    bool IsAvailable { get; }

    /// <summary>Keeps secrets at a place where nothing is yet.</summary>
    /// <param name="tenant">Whose they are.</param>
    /// <param name="path">Below the tenant's prefix, as references name it.</param>
    /// <param name="fields">The secrets by their keys.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What to hand in to take them back.</returns>
    /// <exception cref="Problems.ProblemException">They could not be kept.</exception>
    Task<StoredSecret> WriteAsync(string tenant, string path, IReadOnlyDictionary<string, SecretValue> fields, CancellationToken cancellationToken);

    /// <summary>Takes back what was kept a moment ago, as far as that can be done.</summary>
    Task TakeBackAsync(StoredSecret secret, CancellationToken cancellationToken);
}
