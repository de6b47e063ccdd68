using System.Net;
using DotMac.Testing.Faults;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Fixture;

/// <summary>Something bad that a proxy can do, with a name for failure messages.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Happen">Has it happen.</param>
internal sealed record Trouble(string Name, Action<FaultProxy> Happen)
{
    /// <summary>All kinds of it. What lasts, lasts until <see cref="FaultProxy.Calm"/>.</summary>
    public static IReadOnlyList<Trouble> All { get; } =
    [
        .. Enum.GetValues<StreamFault>().Select(static fault => new Trouble($"{fault} now", proxy => proxy.Inject(fault))),
        .. Enum.GetValues<StreamFault>().Select(static fault =>
            Planned($"{fault} after 2 events of the next watch", FaultMatch.Watches, new FaultAction.Stream(fault, After: 2))),
        Planned("410", FaultMatch.Watches, new FaultAction.Answer(HttpStatusCode.Gone, "Expired")),
        Planned("429", FaultMatch.Anything, new FaultAction.Answer(HttpStatusCode.TooManyRequests, "TooManyRequests", RetryAfter: 1)),
        Planned("500", FaultMatch.Anything, new FaultAction.Answer(HttpStatusCode.InternalServerError, "InternalError")),
        Planned("503", FaultMatch.Anything, new FaultAction.Answer(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable", RetryAfter: 1)),
        Planned("401", FaultMatch.Anything, new FaultAction.Answer(HttpStatusCode.Unauthorized, "Unauthorized")),
        Planned("drop", FaultMatch.Anything, new FaultAction.Drop()),
        Planned("silence", FaultMatch.Anything, new FaultAction.Silence()),
        Planned("delay", FaultMatch.Anything, new FaultAction.Delay(TimeSpan.FromMilliseconds(500))),
        Planned("a truncated list", FaultMatch.Lists, new FaultAction.TruncateBody(Clean: true)),
        Planned("a list that is cut", FaultMatch.Lists, new FaultAction.TruncateBody(Clean: false)),
        Planned("a stale list", FaultMatch.Lists, new FaultAction.StaleList()),
        Lasting("500 to everything", FaultMatch.Anything, new FaultAction.Answer(HttpStatusCode.InternalServerError, "InternalError")),
        Lasting("410 to every watch", FaultMatch.Watches, new FaultAction.Answer(HttpStatusCode.Gone, "Expired")),
        Lasting("every watch ends at once", FaultMatch.Watches, new FaultAction.Stream(StreamFault.Close)),
        Lasting("every watch is cut after an event", FaultMatch.Watches, new FaultAction.Stream(StreamFault.TruncateAndClose, After: 1)),
        new("reset all connections", static proxy => proxy.Network.Reset()),
        new("close all connections", static proxy => proxy.Network.Close()),
        new("freeze all connections", static proxy => proxy.Network.Freeze()),
        new("freeze open connections", static proxy => proxy.Network.FreezeOpen()),
        new("trickle", static proxy => proxy.Network.BytesPerSecond = 8192),
        new("refuse connections", static proxy =>
        {
            proxy.Network.Refuses = true;
            proxy.Network.Reset();
        }),
        new("another certificate", static proxy =>
        {
            proxy.RotateCertificate();
            proxy.Network.Reset();
        }),
        new("another authority", static proxy =>
        {
            proxy.RotateAuthority();
            proxy.Network.Reset();
        }),
    ];

    public override string ToString() => Name;

    private static Trouble Planned(string name, FaultMatch match, FaultAction action) => Ruled(name, match, action, times: 1);

    private static Trouble Lasting(string name, FaultMatch match, FaultAction action) => Ruled(name, match, action, int.MaxValue);

    // The watch that is open ends, or the rule would wait for minutes.
    private static Trouble Ruled(string name, FaultMatch match, FaultAction action, int times) => new(name, proxy =>
    {
        proxy.Plan.Next(match, action, times);
        proxy.Inject(match == FaultMatch.Lists ? StreamFault.Gone : StreamFault.Reset);
    });
}
