namespace DotMac.Plugins.Contract.Callers;

/// <summary>Decides who may call.</summary>
public static class CallerRules
{
    /// <summary>Whether a verified token's subject is among the allowed callers. Names are compared exactly; there are no wildcards.</summary>
    /// <param name="allowed">The allowed callers; an empty list lets nobody in.</param>
    /// <param name="subject">The token's <c>sub</c>.</param>
    /// <returns>True when an entry matches.</returns>
    public static bool IsAllowed(IEnumerable<AllowedCaller> allowed, string? subject)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        return ServiceAccountSubject.TryParse(subject, out ServiceAccountSubject? account)
            && allowed.Any(entry => entry is not null
                && account.Namespace == entry.Namespace
                && (entry.ServiceAccount is null || entry.ServiceAccount == account.Name));
    }
}
