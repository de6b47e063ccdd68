using System.Security.Cryptography.X509Certificates;

namespace DotMac.Testing.Faults;

/// <summary>How a <see cref="FaultProxy"/> meets its clients.</summary>
public sealed record FaultProxyOptions
{
    /// <summary>Whether HTTP/2 is offered, as the API server does; without it each request under way has a connection of its own.</summary>
    public bool Http2 { get; init; } = true;

    /// <summary>Which bearer tokens are believed; the others get 401. Null: it is not looked at.</summary>
    public Func<string?, bool>? Token { get; init; }

    /// <summary>
    /// Which client certificates are believed; the others get 401, for that is what the API server does: it takes any certificate into the
    /// connection and looks at it with each request. Null: it is not looked at.
    /// </summary>
    public Func<X509Certificate2?, bool>? ClientCertificate { get; init; }

    /// <summary>Told of every request when it comes. May be called from several threads at once.</summary>
    public Action<RequestFacts>? Seen { get; init; }

    /// <summary>The pause before each event of a slow watch.</summary>
    public TimeSpan SlowBy { get; init; } = TimeSpan.FromMilliseconds(300);
}
