using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using DotMac.Kubernetes.Configuration;
using DotMac.Testing.Cluster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace DotMac.Testing.Faults;

/// <summary>
/// Stands between a client and the real API server and is as bad as networks, servers and proxies can be. Two parts: <see cref="Network"/>
/// knows sockets and bytes; behind it, with TLS of an authority of its own, HTTP/2 and HTTP/1.1 are spoken, requests meet the rules of
/// <see cref="Plan"/>, and open watches what <see cref="Inject"/> says. Whoever comes through is an administrator to the server.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly FaultProxyOptions _options;
    private readonly ControlPlane _cluster;
    private readonly HttpMessageInvoker _server;
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<WatchPump, bool> _watches = new();
    private readonly ConcurrentDictionary<string, ReplayMemory> _memories = new(StringComparer.Ordinal);
    private volatile TestAuthority _authority = new();
    private volatile X509Certificate2 _certificate;
    private TcpFront? _network;

    private FaultProxy(ControlPlane cluster, FaultProxyOptions options)
    {
        _cluster = cluster;
        _options = options;
        _certificate = NewCertificate(_authority);
        _server = new HttpMessageInvoker(ServerHandler(cluster.Configuration()));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(Configure);
        _application = builder.Build();
        _application.Run(ServeAsync);
    }

    /// <summary>Sockets and bytes.</summary>
    public TcpFront Network => _network ?? throw new InvalidOperationException("the proxy has not started");

    /// <summary>Which requests meet which faults.</summary>
    public FaultPlan Plan { get; } = new();

    /// <summary>Counts what came.</summary>
    public RequestMeter Requests { get; } = new();

    /// <summary>Watches that are open.</summary>
    public int OpenWatches => _watches.Count;

    /// <summary>The address for clients.</summary>
    public Uri Host => new($"https://127.0.0.1:{Network.Address.Port}");

    /// <summary>The certificate of the authority that the proxy's own comes from.</summary>
    public string AuthorityPem => _authority.CertificatePem;

    public static async Task<FaultProxy> StartAsync(ControlPlane cluster, FaultProxyOptions? options = null)
    {
        var proxy = new FaultProxy(cluster, options ?? new FaultProxyOptions());
        await proxy._application.StartAsync();
        var address = new Uri(proxy._application.Urls.Single());
        proxy._network = new TcpFront(new IPEndPoint(IPAddress.Loopback, address.Port));
        return proxy;
    }

    /// <summary>How a client finds the proxy. It trusts the authority of the moment, whichever that is.</summary>
    public KubernetesClientConfiguration Configuration(string? userAgent = null) => new()
    {
        Host = Host,
        CertificateAuthority = () => _authority.Trust(),
        UserAgent = userAgent ?? "dotmac-faults",
    };

    /// <summary>A client certificate, and its key.</summary>
    public (string Certificate, string Key) IssueClient(string user) => _authority.Client(user);

    /// <summary>From now on, new connections get another certificate of the same authority.</summary>
    public void RotateCertificate() => _certificate = NewCertificate(_authority);

    /// <summary>From now on, new connections get a certificate of another authority.</summary>
    public void RotateAuthority()
    {
        _authority = new TestAuthority();
        RotateCertificate();
    }

    /// <summary>Has something happen to every open watch.</summary>
    /// <returns>To how many.</returns>
    public int Inject(StreamFault fault) => _watches.Keys.Count(watch => watch.Inject(fault));

    /// <summary>Undoes what lasts: rules, frozen and slow connections, slow watches. Watches that hang go on hanging, for they do until somebody ends them.</summary>
    public void Calm()
    {
        Plan.Clear();
        Network.Calm();
        foreach (var watch in _watches.Keys)
        {
            // Slower than changes come, it would fall behind for ever.
            watch.Calm();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Network.DisposeAsync();
        using (var hurry = new CancellationTokenSource(TimeSpan.FromSeconds(1)))
        {
            await _application.StopAsync(hurry.Token);
        }

        await _application.DisposeAsync();
        _server.Dispose();
    }

    private static X509Certificate2 NewCertificate(TestAuthority authority)
    {
        var (certificate, key) = authority.Server("localhost", "127.0.0.1");
        return X509Certificate2.CreateFromPem(certificate, key);
    }

    private static SocketsHttpHandler ServerHandler(KubernetesClientConfiguration configuration)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, EnableMultipleHttp2Connections = true };
        handler.SslOptions.ClientCertificates = [configuration.Credentials.GetCertificate()!];
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(configuration.CertificateAuthority!());
        return handler;
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        // A network that stands still is the test's doing, not the client's.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = _options.Http2 ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificate = _certificate,
                    ClientCertificateRequired = _options.ClientCertificate is not null,
#pragma warning disable CA5359 // The client's certificate, not a server's: with each request it is looked at.
                    RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
                    ApplicationProtocols = _options.Http2 ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] : [SslApplicationProtocol.Http11],
                }),
            });
        });
    }

    private async Task ServeAsync(HttpContext context)
    {
        Requests.Count();
        _options.Seen?.Invoke(RequestFacts.Of(context.Request));
        try
        {
            await ServeOrFailAsync(context);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client is gone.
            context.Abort();
        }
        catch (HttpRequestException e)
        {
            // The server is.
            await AnswerAsync(context, new FaultAction.Answer(HttpStatusCode.BadGateway, "BadGateway"), e.Message);
        }
    }

    private async Task ServeOrFailAsync(HttpContext context)
    {
        var facts = RequestFacts.Of(context.Request);
        if (!await IsBelievedAsync(context))
        {
            await AnswerAsync(context, new FaultAction.Answer(HttpStatusCode.Unauthorized, "Unauthorized"), "Unauthorized");
            return;
        }

        var action = Plan.Take(facts);
        switch (action)
        {
            case FaultAction.Answer answer:
                await AnswerAsync(context, answer, $"the plan says {answer.Reason}");
                return;
            case FaultAction.Drop:
                context.Abort();
                return;
            case FaultAction.Silence:
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                return;
            case FaultAction.Delay delay:
                await Task.Delay(delay.By, context.RequestAborted);
                break;
        }

        var memory = _memories.GetOrAdd(facts.Scope, static _ => new ReplayMemory());
        if (action is FaultAction.StaleList && memory.List is { } stale && IsEnough(stale, facts.ResourceVersion))
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(stale, context.RequestAborted);
            return;
        }

        using var request = RequestToServer(context.Request);
        using var response = await _server.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        if (response.Headers.RetryAfter is { } retryAfter)
        {
            context.Response.Headers.RetryAfter = retryAfter.ToString();
        }

        if (facts.Verb == RequestVerb.Watch && response.IsSuccessStatusCode)
        {
            await WatchAsync(context, response, new WatchPump(context, facts.ResourceVersion, memory, _options.SlowBy), action as FaultAction.Stream);
            return;
        }

        var body = await response.Content.ReadAsByteArrayAsync(context.RequestAborted);
        if (action is FaultAction.TruncateBody truncate)
        {
            await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            if (!truncate.Clean)
            {
                context.Abort();
            }

            return;
        }

        if (facts.Verb == RequestVerb.List && response.IsSuccessStatusCode && body.Length < 1024 * 1024)
        {
            memory.RememberList(body);
        }

        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private async Task WatchAsync(HttpContext context, HttpResponseMessage response, WatchPump watch, FaultAction.Stream? planned)
    {
        await context.Response.Body.FlushAsync(context.RequestAborted);
        _watches[watch] = true;
        try
        {
            await watch.RunAsync(await response.Content.ReadAsStreamAsync(context.RequestAborted), planned);
        }
        finally
        {
            _watches.TryRemove(watch, out _);
        }
    }

    private async Task<bool> IsBelievedAsync(HttpContext context)
    {
        if (_options.Token is { } token)
        {
            var header = context.Request.Headers.Authorization.ToString();
            return token(header.StartsWith("Bearer ", StringComparison.Ordinal) ? header[7..] : null);
        }

        return _options.ClientCertificate is not { } certificate
            || certificate(await context.Connection.GetClientCertificateAsync(context.RequestAborted));
    }

    private HttpRequestMessage RequestToServer(HttpRequest incoming)
    {
        var request = new HttpRequestMessage(new HttpMethod(incoming.Method), new Uri(_cluster.Host, incoming.Path.Value + incoming.QueryString.Value))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        foreach (var name in (string[])["Accept", "User-Agent"])
        {
            if (incoming.Headers.TryGetValue(name, out var values))
            {
                request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        if (incoming.ContentType is not null)
        {
            request.Content = new StreamContent(incoming.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", incoming.ContentType);
        }

        return request;
    }

    // Whether a server that knows no more than this list may answer so: any state will do, or one that is not older than asked for.
    private static bool IsEnough(byte[] list, string? version)
    {
        using var document = JsonDocument.Parse(list);
        var has = document.RootElement.GetProperty("metadata").GetProperty("resourceVersion").GetString();
        return ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted)
            && ulong.TryParse(has, NumberStyles.None, CultureInfo.InvariantCulture, out var present)
            && present >= wanted;
    }

    private static async Task AnswerAsync(HttpContext context, FaultAction.Answer answer, string message)
    {
        context.Response.StatusCode = (int)answer.Code;
        context.Response.ContentType = "application/json";
        if (answer.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(StatusText.Of((int)answer.Code, answer.Reason, message)), context.RequestAborted);
    }
}
