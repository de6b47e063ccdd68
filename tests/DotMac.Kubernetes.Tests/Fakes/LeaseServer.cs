using System.Globalization;
using System.Net;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Tests.Fakes;

/// <summary>One lease on a server that checks resourceVersions, and connections to it that the test disturbs.</summary>
internal sealed class LeaseServer
{
    private readonly Lock _gate = new();
    private int _version = 1;
    private V1Lease? _lease;

    /// <summary>The lease as it is; null when there is none. Setting it is a write of somebody else.</summary>
    public V1Lease? Lease
    {
        get
        {
            lock (_gate)
            {
                return _lease;
            }
        }

        set
        {
            lock (_gate)
            {
                _lease = value is null ? null : Stored(value);
            }
        }
    }

    /// <summary>A connection of one process.</summary>
    public LeaseConnection Connect() => new(this);

    /// <summary>Somebody else holds the lease.</summary>
    public void HeldBy(string holder, string renewTime, int? seconds = 15, int transitions = 3) => Lease = new V1Lease
    {
        Metadata = new V1ObjectMeta { Name = "lease", Namespace = "ns" },
        Spec = new V1LeaseSpec
        {
            HolderIdentity = holder,
            LeaseDurationSeconds = seconds,
            AcquireTime = renewTime,
            RenewTime = renewTime,
            LeaseTransitions = transitions,
        },
    };

    public V1Lease Create(V1Lease lease)
    {
        lock (_gate)
        {
            return _lease is null ? _lease = Stored(lease) : throw Refusal(HttpStatusCode.Conflict, "AlreadyExists");
        }
    }

    public V1Lease Update(V1Lease lease)
    {
        lock (_gate)
        {
            return _lease is null ? throw Refusal(HttpStatusCode.NotFound, "NotFound")
                : lease.Metadata.ResourceVersion != _lease.Metadata.ResourceVersion ? throw Refusal(HttpStatusCode.Conflict, "Conflict")
                : _lease = Stored(lease);
        }
    }

    public static ApiException Refusal(HttpStatusCode code, string reason) =>
        new("PUT lease", code, new V1Status { Code = (int)code, Reason = reason, Message = reason });

    // A new object each time: what was handed out before must not change.
    private V1Lease Stored(V1Lease lease) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = lease.Metadata.Name,
            Namespace = lease.Metadata.Namespace,
            Annotations = lease.Metadata.Annotations,
            ResourceVersion = (_version++).ToString(CultureInfo.InvariantCulture),
        },
        Spec = lease.Spec,
    };
}
