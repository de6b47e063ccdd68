using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Configuration;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.LeaderElection;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Tests.Fakes;
using DotMac.Testing;
using DotMac.Testing.Cluster;
using DotMac.Testing.Time;

namespace DotMac.Kubernetes.Tests.Client;

public sealed class ApiTransportTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ObjectKey A = new("n", "a");

    private readonly HttpScript _server = new();
    private readonly ManualTimeProvider _clock = new();
    private KubernetesClient? _client;

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(429, "2", 2)]
    [InlineData(503, "3", 3)]
    [InlineData(429, null, 1)]
    public async Task A_server_that_asks_to_wait_is_waited_for(int code, string? retryAfter, int seconds)
    {
        var headers = retryAfter is null ? [] : new[] { ("Retry-After", retryAfter) };
        _server.Answer(code, "busy", headers).Answer(200, """{"metadata":{"name":"a"}}""");
        var getting = Maps().GetAsync(A);
        await Eventually.BeTrueAsync(() => _clock.PendingTimers == 1, Patience, "the client waits");
        _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        getting.IsCompleted.Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(seconds * 0.2) + TimeSpan.FromMilliseconds(1));
        (await getting.WaitAsync(Patience))!.Metadata.Name.Should().Be("a");
        _server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Whoever_may_not_write_any_more_reads_and_sends_no_write_and_repeats_none()
    {
        var allowed = true;
        _client = new KubernetesClient(
            new KubernetesClientConfiguration
            {
                Host = _server.Uri,
                BeforeWrite = () => { if (!allowed) { throw new LeadershipLostException(); } },
            },
            clock: _clock);
        var maps = _client.Resource<V1ConfigMap>();
        _server.Answer(429, "busy", ("Retry-After", "1")).Answer(200, """{"metadata":{"name":"a"}}""");
        var deleting = maps.DeleteAsync(A);
        await Eventually.BeTrueAsync(() => _clock.PendingTimers == 1, Patience, "the client waits");
        allowed = false;
        _clock.Advance(TimeSpan.FromSeconds(2));
        await deleting.Awaiting(static d => d.WaitAsync(Patience)).Should().ThrowAsync<LeadershipLostException>();
        await maps.Awaiting(static m => m.PatchAsync(A, new JsonObject())).Should().ThrowAsync<LeadershipLostException>();
        (await maps.GetAsync(A)).Should().NotBeNull();
        _server.Requests.Select(static r => r.Method).Should().Equal("DELETE", "GET");
    }

    [Fact]
    public async Task A_server_that_asks_to_be_asked_at_once_is_asked_ever_more_slowly()
    {
        _server.Answer(429, "busy", ("Retry-After", "0")).Answer(429, "busy", ("Retry-After", "0")).Answer(200, """{"metadata":{"name":"a"}}""");
        var getting = Maps().GetAsync(A);
        foreach (var (tries, milliseconds) in ((int, int)[])[(1, 100), (2, 200)])
        {
            await Eventually.BeTrueAsync(() => _clock.PendingTimers == 1, Patience, "the client waits");
            _server.Requests.Should().HaveCount(tries);

            // Not to the millisecond: the second wait may begin before the clock has reached the end of the first one's slack.
            _clock.Advance(TimeSpan.FromMilliseconds(milliseconds * 0.75));
            _clock.PendingTimers.Should().Be(1);
            _clock.Advance(TimeSpan.FromMilliseconds((milliseconds * 0.45) + 1));
        }

        (await getting.WaitAsync(Patience)).Should().NotBeNull();
    }

    [Fact]
    public async Task A_certificate_that_is_not_accepted_any_more_is_tried_again_only_when_there_is_another_one()
    {
        var credentials = new RotatingCertificates();
        _server.Answer(200, """{"metadata":{"name":"a"}}""").Answer(401, "who?");
        var maps = Maps(credentials);
        await maps.GetAsync(A);
        var getting = () => maps.GetAsync(A);
        (await getting.Should().ThrowAsync<ApiException>()).Which.IsUnauthorized.Should().BeTrue();
        _server.Requests.Should().HaveCount(2);

        credentials.Rotate();
        _server.Answer(401, "who?").Answer(200, """{"metadata":{"name":"a"}}""").Answer(401, "who?");
        (await getting()).Should().NotBeNull();
        (await getting.Should().ThrowAsync<ApiException>()).Which.IsUnauthorized.Should().BeTrue();
        _server.Requests.Should().HaveCount(5);
        credentials.Dispose();
    }

    [Fact]
    public async Task A_server_that_asks_for_ever_is_given_up()
    {
        for (var i = 0; i < 10; i++)
        {
            _server.Answer(429, "busy", ("Retry-After", "1"));
        }

        var getting = Maps().GetAsync(A);
        while (!getting.IsCompleted)
        {
            await Eventually.BeTrueAsync(() => _clock.PendingTimers == 1 || getting.IsCompleted, Patience, "the client waits");
            _clock.Advance(TimeSpan.FromSeconds(2));
        }

        var error = (await ((Func<Task>)(() => getting)).Should().ThrowAsync<ApiException>()).Which;
        error.Code.Should().Be(HttpStatusCode.TooManyRequests);
        error.RetryAfter.Should().Be(TimeSpan.FromSeconds(1));
        _server.Requests.Should().HaveCount(6);
    }

    [Theory]
    [InlineData(503, null)]
    [InlineData(500, "1")]
    [InlineData(429, "3600")]
    public async Task Who_does_not_ask_to_wait_or_asks_for_too_long_is_an_error(int code, string? retryAfter)
    {
        var headers = retryAfter is null ? [] : new[] { ("Retry-After", retryAfter) };
        _server.Answer(code, "<html>some proxy</html>", headers);
        var getting = () => Maps().GetAsync(A);
        var error = (await getting.Should().ThrowAsync<ApiException>()).Which;
        ((int)error.Code).Should().Be(code);
        error.Message.Should().Contain("GET /api/v1/namespaces/n/configmaps/a").And.Contain("some proxy");
        _server.Requests.Should().HaveCount(1);
    }

    [Fact]
    public async Task A_token_that_is_not_accepted_is_renewed_once_and_also_after_a_wait()
    {
        var credentials = new CountingCredentials();
        _server.Answer(429, "busy", ("Retry-After", "0")).Answer(401, "who?").Answer(200, """{"metadata":{"name":"a"}}""");
        var getting = Maps(credentials).GetAsync(A);
        await Eventually.BeTrueAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return getting.IsCompleted;
            },
            Patience,
            "the answer comes");
        (await getting)!.Metadata.Name.Should().Be("a");
        _server.Requests.Select(static r => r.Authorization).Should().Equal("Bearer t0", "Bearer t0", "Bearer t1");

        _server.Answer(401, "who?").Answer(401, "who?").Answer(200, "{}");
        var again = () => Maps(credentials).GetAsync(A);
        (await again.Should().ThrowAsync<ApiException>()).Which.IsUnauthorized.Should().BeTrue();
        _server.Requests.Should().HaveCount(5);
    }

    [Fact]
    public async Task What_the_server_says_is_in_the_error()
    {
        _server.Answer(422, """
            {"kind":"Status","message":"it is wrong","reason":"Invalid","code":422,
             "details":{"name":"a","causes":[{"reason":"FieldValueInvalid","message":"too big","field":"spec.size"}],"retryAfterSeconds":4}}
            """);
        var creating = () => Maps().CreateAsync(Fakes.Maps.New("n", "a", 1));
        var error = (await creating.Should().ThrowAsync<ApiException>()).Which;
        error.IsInvalid.Should().BeTrue();
        error.RetryAfter.Should().Be(TimeSpan.FromSeconds(4));
        error.Status.Details!.Causes!.Single().Field.Should().Be("spec.size");
        error.Message.Should().Be("POST /api/v1/namespaces/n/configmaps: 422 Invalid: it is wrong");
    }

    [Fact]
    public async Task An_address_with_a_path_is_kept_and_names_are_escaped()
    {
        _server.Answer(404, "{}");
        using var client = new KubernetesClient(new KubernetesClientConfiguration { Host = new Uri(_server.Uri, "k8s/clusters/c-1") });
        (await client.Resource<V1ConfigMap>().GetAsync(new ObjectKey("n", "a b/c"))).Should().BeNull();
        _server.Requests.Single().Path.Should().Be("/k8s/clusters/c-1/api/v1/namespaces/n/configmaps/a%20b%2Fc");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up()
    {
        _server.Answer(static _ => Task.CompletedTask);
        var getting = () => Maps(timeout: TimeSpan.FromMilliseconds(100)).GetAsync(A);
        await getting.Should().ThrowAsync<HttpRequestException>().WithMessage("*no answer from the API server*");
    }

    [Fact]
    public async Task An_answer_that_stops_in_its_middle_is_given_up()
    {
        _server.Answer(static async context =>
        {
            context.Response.ContentLength64 = 1000;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes("{\"metadata\":"));
            await context.Response.OutputStream.FlushAsync();
        });
        var getting = () => Maps(timeout: TimeSpan.FromMilliseconds(200)).GetAsync(A);
        await getting.Should().ThrowAsync<TimeoutException>().WithMessage("*was not complete*");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        using var client = new KubernetesClient(new KubernetesClientConfiguration { Host = new Uri($"http://127.0.0.1:{LoopbackPorts.Free(1)[0]}") });
        var getting = () => client.Resource<V1ConfigMap>().GetAsync(A);
        await getting.Should().ThrowAsync<HttpRequestException>().WithMessage("GET /api/v1*refused*");
    }

    /// <summary>
    /// .NET lets a socket's own exception through when the reset comes between the end of connecting and a look at the address: there
    /// the one who listens to the end of connecting holds it up.
    /// </summary>
    [Fact]
    public async Task A_server_that_resets_a_connection_as_soon_as_it_is_made_was_not_reached()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reset = Task.Run(async () =>
        {
            using var connection = await listener.AcceptSocketAsync();
            await connected.Task.WaitAsync(Patience);
            connection.LingerState = new LingerOption(true, 0);
        });
        using var connecting = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Experimental.System.Net.Sockets",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("network.peer.port") is int peer && peer == port)
                {
                    connected.TrySetResult();
                    reset.Wait(Patience);
                }
            },
        };
        ActivitySource.AddActivityListener(connecting);
        using var client = new KubernetesClient(new KubernetesClientConfiguration { Host = new Uri($"http://127.0.0.1:{port}") });
        var getting = () => client.Resource<V1ConfigMap>().GetAsync(A);
        await getting.Should().ThrowAsync<HttpRequestException>().WithMessage("GET /api/v1*");
        reset.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task The_wish_to_stop_is_not_a_failure_of_the_server()
    {
        using var stop = new CancellationTokenSource();
        _server.Answer(async _ => await stop.CancelAsync());
        var getting = () => Maps().GetAsync(A, stop.Token);
        await getting.Should().ThrowAsync<OperationCanceledException>();
    }

    private IResource<V1ConfigMap> Maps(ICredentialSource? credentials = null, TimeSpan? timeout = null)
    {
        _client?.Dispose();
        _client = new KubernetesClient(
            new KubernetesClientConfiguration
            {
                Host = _server.Uri,
                Credentials = credentials ?? new StaticCredentials(null, null),
                RequestTimeout = timeout ?? TimeSpan.FromSeconds(30),
            },
            clock: _clock);
        return _client.Resource<V1ConfigMap>();
    }
}
