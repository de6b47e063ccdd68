using DotMac.Admin.Callers;
using DotMac.Admin.Configuration;
using DotMac.Admin.Problems;
using DotMac.Admin.Tenants;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace DotMac.Admin.Access;

/// <summary>
/// Decides by Kubernetes' RBAC what a caller may see and do. Who may not even see a tenant is told what they would be told if it did not exist.
/// </summary>
internal sealed class AccessGuard(IAccessReviewer reviewer, AdminCaches caches, AdminOptions options, TimeProvider clock) : IDisposable
{
    private const int MostRemembered = 10_000;

    private readonly MemoryCache _seen = new(Options.Create(new MemoryCacheOptions { SizeLimit = MostRemembered }));

    // Who has rights in one namespace of five hundred is not asked about for all of them again and again: those where they had none come to their turn less often.
    private TimeSpan Rescan => options.AccessCache * 3;

    /// <summary>The namespaces whose TenantPlugins the caller may list; null for all of them.</summary>
    public async ValueTask<IReadOnlySet<string>?> VisibleAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (await SeesAllAsync(caller, cancellationToken))
        {
            return null;
        }

        var all = caches.Namespaces.Store.List().Select(static ns => ns.Metadata.Name ?? string.Empty).ToHashSet(StringComparer.Ordinal);
        var names = all;
        if (_seen.TryGetValue(caller.Id, out Scan? scan) && scan!.At + Rescan > clock.GetUtcNow())
        {
            names = [.. all.Where(name => scan.Visible.Contains(name) || !scan.All.Contains(name))];
        }
        else
        {
            scan = null;
        }

        var visible = new HashSet<string>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken }, async (ns, stop) =>
        {
            if (await reviewer.MayAsync(caller, Verbs.List, ns, null, stop))
            {
                lock (visible)
                {
                    visible.Add(ns);
                }
            }
        });
        if (scan is null)
        {
            _seen.Set(caller.Id, new Scan(clock.GetUtcNow(), all, visible), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Rescan + TimeSpan.FromSeconds(1) });
        }

        return visible;
    }

    /// <summary>Whether the caller may list the TenantPlugins of every namespace.</summary>
    public ValueTask<bool> SeesAllAsync(Caller caller, CancellationToken cancellationToken) => reviewer.MayAsync(caller, Verbs.List, string.Empty, null, cancellationToken);

    /// <summary>Whether the caller may know that there is something in a namespace.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="name">A TenantPlugin that they may perhaps see though no other; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<bool> SeesAsync(Caller caller, string ns, string? name, CancellationToken cancellationToken) =>
        await reviewer.MayAsync(caller, Verbs.List, ns, null, cancellationToken)
        || (name is not null && await reviewer.MayAsync(caller, Verbs.Get, ns, name, cancellationToken));

    /// <summary>Whether the caller may do something to any TenantPlugin of a namespace.</summary>
    public ValueTask<bool> MayAsync(Caller caller, string verb, string ns, CancellationToken cancellationToken) => reviewer.MayAsync(caller, verb, ns, null, cancellationToken);

    /// <summary>Refuses what the caller may not do in a namespace that they see.</summary>
    /// <exception cref="ProblemException">They may not.</exception>
    public async ValueTask RequireAsync(Caller caller, string verb, string ns, string? name, CancellationToken cancellationToken)
    {
        if (!await reviewer.MayAsync(caller, verb, ns, name, cancellationToken))
        {
            throw Refuse.Forbidden(
                $"{caller.Name} may not {verb} tenantplugins in namespace {ns}. Ask for a role that allows it there: kubectl create rolebinding … --clusterrole=edit -n {ns}");
        }
    }

    public void Dispose() => _seen.Dispose();

    private sealed record Scan(DateTimeOffset At, IReadOnlySet<string> All, IReadOnlySet<string> Visible);
}
