using DotMac.Audit;
using DotMac.Audit.Entries;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Reconciliation;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Tenants;
using DotMac.Plugins.Resources.Validation;

namespace DotMac.Operator.Auditing;

/// <summary>What admission knows for the audit trail: who asks. Refusals are recorded at once, changes when they are looked at.</summary>
/// <param name="log">Keeps refusals.</param>
/// <param name="authors">Remembers who asked for what was not refused.</param>
/// <param name="caches">What is watched.</param>
/// <param name="clock">The time.</param>
internal sealed class AdmissionAudit(IAuditLog log, ChangeAuthors authors, PluginCaches caches, TimeProvider clock)
{
    // Whoever reaches the webhook can be refused as often as they like, and must not push everything else out of the trail with it.
    private const int MostRefusals = 120;
    private const int LongestName = 256;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private DateTimeOffset _since;
    private int _refusals;

    /// <summary>It may be, and is recorded once the watch shows that it is.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="spec">What the plugin is to become; null for its deletion.</param>
    public void Allowed(V1AdmissionRequest request, TenantPluginSpec? spec) =>
        authors.Remember(new ObjectKey(request.Namespace ?? string.Empty, request.Name ?? string.Empty), spec, ActorOf(request.UserInfo));

    /// <summary>It may not be.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="errors">Why not; of these the fields alone are recorded, for messages show values.</param>
    public void Refused(V1AdmissionRequest request, IReadOnlyList<ValidationError> errors)
    {
        if (!Take())
        {
            return;
        }

        _ = log.RecordAsync(new AuditEntry
        {
            Operation = request.Operation switch { "CREATE" => AuditOperations.Install, "DELETE" => AuditOperations.Remove, _ => AuditOperations.Configure },
            Result = AuditResult.Denied,
            Actor = ActorOf(request.UserInfo),
            Source = "admission",
            Subject = new AuditSubject("TenantPlugin", Clip(request.Namespace), Clip(request.Name)),
            Tenant = TenantNamespace.TenantOf(caches.Namespace(request.Namespace)),
            Reason = "Invalid",
            Message = "Refused because of " + string.Join(", ", errors.Select(static e => Clip(e.Pointer)).Distinct().Take(10)),
        }).AsTask();
    }

    private static AuditActor ActorOf(V1UserInfo? user) => user?.Username is not { Length: > 0 } name
        ? AuditActor.Unknown
        : new AuditActor(Clip(name), name.StartsWith("system:serviceaccount:", StringComparison.Ordinal) ? AuditActorKind.ServiceAccount : AuditActorKind.User);

    private static string Clip(string? text) => text is null ? string.Empty : text.Length <= LongestName ? text : text[..LongestName];

    private bool Take()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now - _since >= Minute)
            {
                (_since, _refusals) = (now, 0);
            }

            return ++_refusals <= MostRefusals;
        }
    }
}
