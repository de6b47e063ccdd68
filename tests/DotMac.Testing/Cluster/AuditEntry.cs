namespace DotMac.Testing.Cluster;

/// <summary>One request, as the API server recorded it.</summary>
/// <param name="Verb">get, list, watch, create, update, patch, delete, deletecollection.</param>
/// <param name="UserAgent">Which program.</param>
/// <param name="User">As whom.</param>
/// <param name="Uri">Path and query.</param>
/// <param name="Code">The answer's HTTP status code.</param>
/// <param name="Resource">The plural, <c>configmaps</c>; empty for requests that are not about objects.</param>
/// <param name="Namespace">Empty for cluster-scoped objects.</param>
/// <param name="Name">Empty for collections.</param>
/// <param name="Subresource">Empty for the object itself.</param>
/// <param name="ReceivedAt">When the server began to look at it.</param>
public sealed record AuditEntry(
    string Verb,
    string UserAgent,
    string User,
    string Uri,
    int Code,
    string Resource,
    string Namespace,
    string Name,
    string Subresource,
    DateTimeOffset ReceivedAt)
{
    /// <summary>Whether it changes something.</summary>
    public bool IsWrite => Verb is "create" or "update" or "patch" or "delete" or "deletecollection";

    /// <inheritdoc />
    public override string ToString() => $"{Verb} {Uri} → {Code} ({UserAgent})";
}
