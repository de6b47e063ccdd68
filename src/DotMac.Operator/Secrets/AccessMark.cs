namespace DotMac.Operator.Secrets;

/// <summary>
/// The first line of every policy that the operator writes: whose it is. Vault's roles and policies have no place for such a note, and what
/// has none is never changed or deleted.
/// </summary>
/// <param name="Cluster">The cluster's id: several may share one Vault.</param>
/// <param name="Namespace">The TenantPlugin's namespace.</param>
/// <param name="Plugin">The TenantPlugin's name.</param>
internal sealed record AccessMark(string Cluster, string Namespace, string Plugin)
{
    private const string Begin = "# Written by dotmac-operator for TenantPlugin ";
    private const string Between = " of cluster ";

    /// <summary>Reads the mark of a policy; null when it has none.</summary>
    public static AccessMark? Of(string? policy)
    {
        if (policy?.StartsWith(Begin, StringComparison.Ordinal) != true)
        {
            return null;
        }

        var line = policy.AsSpan(Begin.Length);
        line = line[..(line.IndexOf('\n') is >= 0 and var end ? end : line.Length)].TrimEnd('\r');
        var between = line.IndexOf(Between, StringComparison.Ordinal);
        var slash = line.IndexOf('/');
        return slash <= 0 || between <= slash + 1 || between + Between.Length == line.Length
            ? null
            : new AccessMark(line[(between + Between.Length)..].ToString(), line[..slash].ToString(), line[(slash + 1)..between].ToString());
    }

    /// <summary>The line.</summary>
    public override string ToString() => $"{Begin}{Namespace}/{Plugin}{Between}{Cluster}";
}
