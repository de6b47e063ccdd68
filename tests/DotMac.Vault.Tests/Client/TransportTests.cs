using System.Net;
using System.Net.Sockets;
using DotMac.Testing;
using DotMac.Testing.Time;
using DotMac.Vault.Client;
using DotMac.Vault.Secrets;
using DotMac.Vault.Sessions;
using DotMac.Vault.Tests.Fakes;
using DotMac.Vault.Transport;

namespace DotMac.Vault.Tests.Client;

public sealed class TransportTests : IDisposable
{
    private const string Token = "hvs.the-token";
    private const string Secret = "t0p-s3cret";
    private const string Metadata = """{"data":{"current_version":1,"versions":{"1":{"created_time":"2024-03-22T02:24:06.945319214Z","deletion_time":"","destroyed":false}}}}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ScriptedHandler _server = new();
    private readonly ManualTimeProvider _clock = new();
    private VaultClient? _client;

    public void Dispose()
    {
        _client?.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Every_request_says_that_it_is_meant_for_Vault()
    {
        _server.Answer(200, Metadata).Answer(200, """{"initialized":true,"sealed":false,"version":"1.20.0"}""");
        var client = Client(new VaultClientOptions { Address = new Uri("https://vault:8200/proxy"), Namespace = "team" });
        (await client.KeyValue("kv/own").ReadMetadataAsync("a/b"))!.Current!.CreatedAt.Should().Be(new DateTimeOffset(2024, 3, 22, 2, 24, 6, TimeSpan.Zero).AddTicks(9453192));
        await client.Health.ReadAsync();
        var (metadata, health) = (_server.Requests.First(), _server.Requests.Last());
        metadata.Should().BeEquivalentTo(new SentRequest("GET", new Uri("https://vault:8200/proxy/v1/kv/own/metadata/a/b"), Token, "team", "true", string.Empty));
        health.Namespace.Should().BeNull("sys/health belongs to the root namespace");
        health.Token.Should().BeNull();
    }

    [Theory]
    [InlineData("http://active:8200/v1/secret/data/a", "http")]
    [InlineData("https://active:8200/v1/secret/data/a", "http")]
    [InlineData("https://active:8200/v1/secret/data/a", "https")]
    public async Task A_standbys_redirect_is_followed_with_method_body_and_token(string location, string scheme)
    {
        _server.Answer(307, string.Empty, ("Location", location)).Answer(200, """{"data":{"version":3,"created_time":"2024-03-22T02:24:06Z","deletion_time":"","destroyed":false}}""");
        var written = await Client(scheme: scheme).KeyValue().WriteAsync("a", Fields());
        written.Number.Should().Be(3);
        var second = _server.Requests.Last();
        second.Method.Should().Be("POST");
        second.Uri.Should().Be(new Uri(location));
        second.Token.Should().Be(Token);
        second.Body.Should().Be(_server.Requests.First().Body).And.Contain(Secret);
    }

    [Theory]
    [InlineData("http://active:8200/v1/secret/metadata/a")]
    [InlineData("ftp://active/v1/secret/metadata/a")]
    [InlineData("https://user:password@active/v1/secret/metadata/a")]
    public async Task A_redirect_to_where_the_token_must_not_go_is_not_followed(string location)
    {
        _server.Answer(307, string.Empty, ("Location", location));
        var error = await Failing(Client(scheme: "https").KeyValue().ReadMetadataAsync("a"));
        error.Kind.Should().Be(VaultErrorKind.Unexpected);
        error.ToString().Should().NotContain(Token).And.NotContain("password");
        _server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Standbys_that_send_in_circles_are_left()
    {
        for (var i = 0; i < 4; i++)
        {
            _server.Answer(307, string.Empty, ("Location", "https://other/v1/secret/metadata/a"));
        }

        (await Failing(Client(scheme: "https").KeyValue().ReadMetadataAsync("a"))).Message.Should().Contain("api_addr");
        _server.Requests.Should().HaveCount(4);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(412)]
    [InlineData(429)]
    public async Task What_may_pass_is_tried_again_and_only_so_often(int code)
    {
        _server.Answer(code).Answer(code).Answer(code);
        var reading = Client(Retrying()).KeyValue().ReadMetadataAsync("a");
        await PassAsync(reading, requests: 3);
        (await Failing(reading)).StatusCode.Should().Be((HttpStatusCode)code);
    }

    [Fact]
    public async Task A_wish_to_be_asked_later_is_granted()
    {
        _server.Answer(429, """{"errors":["rate limit quota exceeded"]}""", ("Retry-After", "3")).Answer(200, Metadata);
        var reading = Client(Retrying()).KeyValue().ReadMetadataAsync("a");
        await Eventually.BeTrueAsync(() => _server.Requests.Count == 1 && _clock.PendingTimers == 1, Patience, "the client waits");
        _clock.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromMilliseconds(1));
        _server.Requests.Should().ContainSingle();
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await reading.WaitAsync(Patience))!.CurrentVersion.Should().Be(1);
    }

    [Fact]
    public async Task A_wish_to_be_asked_much_later_is_the_callers_to_grant()
    {
        _server.Answer(429, string.Empty, ("Retry-After", "60"));
        var error = await Failing(Client(Retrying()).KeyValue().ReadMetadataAsync("a"));
        error.Kind.Should().Be(VaultErrorKind.RateLimited);
        error.RetryAfter.Should().Be(TimeSpan.FromSeconds(60));
        error.Message.Should().Contain("60 s");
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again_for_a_read()
    {
        _server.Fail(new HttpRequestException("refused", new SocketException())).Answer(200, Metadata);
        var reading = Client(Retrying()).KeyValue().ReadMetadataAsync("a");
        await PassAsync(reading, requests: 2);
        (await reading).Should().NotBeNull();
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(0)]
    public async Task A_write_is_not_sent_twice(int code)
    {
        _ = code == 0 ? _server.Fail(new IOException("gone")) : _server.Answer(code);
        var client = Client(Retrying());
        (await Failing(client.KeyValue().WriteAsync("a", Fields()))).IsTransient.Should().BeTrue();
        _server.Requests.Should().ContainSingle();
        _ = code == 0 ? _server.Fail(new IOException("gone")) : _server.Answer(code);
        await Failing(client.KubernetesAuth().LoginAsync("r", new SecretValue("a.b.c")));
        _server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_not_waited_for_for_ever()
    {
        _server.Hang();
        var reading = Client().KeyValue().ReadMetadataAsync("a");
        await Eventually.BeTrueAsync(() => _server.Requests.Count == 1, Patience, "the request");
        _clock.Advance(TimeSpan.FromSeconds(15));
        var error = await Failing(reading);
        error.Kind.Should().Be(VaultErrorKind.Unreachable);
        error.Message.Should().Contain("15 s").And.Contain("GET v1/secret/metadata/a").And.Contain("http://vault:8200");
    }

    [Fact]
    public async Task Giving_up_is_no_error_of_Vault()
    {
        _server.Hang();
        using var cancel = new CancellationTokenSource();
        var reading = Client().KeyValue().ReadMetadataAsync("a", cancel.Token);
        await cancel.CancelAsync();
        await reading.Awaiting(static r => r.WaitAsync(Patience)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData(400, "missing path", VaultErrorKind.BadRequest, "missing path")]
    [InlineData(400, "check-and-set parameter did not match the current version", VaultErrorKind.Conflict, "read the secret again")]
    [InlineData(400, "check-and-set parameter required for this call", VaultErrorKind.BadRequest, "check-and-set")]
    [InlineData(403, "1 error occurred:\n\t* permission denied\n\n", VaultErrorKind.Forbidden, "1 error occurred: * permission denied")]
    [InlineData(404, "no handler for route \"x\". route entry not found.", VaultErrorKind.NotFound, "mounted")]
    [InlineData(405, "unsupported operation", VaultErrorKind.BadRequest, "unsupported")]
    [InlineData(412, "required index state not present", VaultErrorKind.Unexpected, "try again")]
    [InlineData(429, "request path: rate limit quota exceeded", VaultErrorKind.RateLimited, "quota")]
    [InlineData(500, "internal error", VaultErrorKind.Unexpected, "internal error")]
    [InlineData(501, "", VaultErrorKind.Uninitialized, "operator init")]
    [InlineData(503, "Vault is sealed", VaultErrorKind.Sealed, "operator unseal")]
    [InlineData(503, "", VaultErrorKind.Unreachable, "in Vault's place")]
    [InlineData(504, "", VaultErrorKind.Unreachable, "in Vault's place")]
    public async Task Errors_say_what_where_and_what_to_do(int code, string said, VaultErrorKind kind, string words)
    {
        _server.Answer(code, said.Length == 0 ? "<html>oops</html>" : new System.Text.Json.Nodes.JsonObject { ["errors"] = new System.Text.Json.Nodes.JsonArray(said) }.ToJsonString());
        var error = await Failing(Client().KeyValue().ReadMetadataAsync("a/b"));
        error.Kind.Should().Be(kind);
        error.Message.Should().StartWith($"GET v1/secret/metadata/a/b: {code} ").And.Contain(words);
        (error.StatusCode, error.Method, error.Path).Should().Be(((HttpStatusCode)code, "GET", "v1/secret/metadata/a/b"));
    }

    [Fact]
    public async Task No_error_holds_a_token_a_secret_or_a_JWT_even_when_the_answer_does()
    {
        var jwt = ServiceAccountToken.For("system", "operator");
        foreach (var leak in (string[])[Token, Secret, jwt])
        {
            _server.Answer(400, $$"""{"errors":["what is {{leak}}?"]}""");
        }

        var client = Client();
        var errors = new[]
        {
            await Failing(client.KeyValue().ReadMetadataAsync("a")),
            await Failing(client.KeyValue().WriteAsync("a", Fields())),
            await Failing(client.KubernetesAuth().LoginAsync("r", new SecretValue(jwt))),
        };
        errors.Should().OnlyContain(static e => e.Message.Contains("what is [redacted]?"));
        string.Concat(errors.Select(static e => e.ToString() + string.Concat(e.Errors))).Should().NotContain(Token).And.NotContain(Secret).And.NotContain(jwt);
    }

    [Theory]
    [InlineData("""{"data":{"data":{"a":"t0p-s3cret"},"metadata":{"version":"t0p-s3cret"}}}""")]
    [InlineData("""{"data":{"data":"t0p-s3cret"}}""")]
    [InlineData("t0p-s3cret")]
    [InlineData("""{"data":{"value":"t0p-s3cret"}}""")]
    [InlineData("""{"data":{"data":{"a":"t0p-s3cret"},"metadata":{"version":1,"created_time":"t0p-s3cret"}}}""")]
    public async Task An_answer_that_is_not_understood_is_not_repeated(string body)
    {
        _server.Answer(200, body);
        var error = await Failing(Client().KeyValue().ReadAsync("a"));
        error.Kind.Should().Be(VaultErrorKind.Unexpected);
        error.ToString().Should().NotContain(Secret);
    }

    [Fact]
    public async Task Nothing_there_is_told_from_nobody_there()
    {
        var values = Client().KeyValue();
        _server.Answer(404, """{"errors":[]}""");
        (await values.ReadAsync("a")).Should().BeNull();
        _server.Answer(404, """{"errors":[]}""");
        (await values.ListAsync("a")).Should().BeEmpty();
        foreach (var body in (string[])["<html>default backend</html>", "", """{"message":"not found"}""", """{"errors":["no handler for route"]}"""])
        {
            _server.Answer(404, body);
            (await Failing(values.ReadAsync("a"))).Kind.Should().Be(VaultErrorKind.NotFound, body);
        }
    }

    [Theory]
    [InlineData(200, "Active", true)]
    [InlineData(429, "Standby", true)]
    [InlineData(472, "DisasterRecoverySecondary", false)]
    [InlineData(473, "PerformanceStandby", true)]
    [InlineData(501, "Uninitialized", false)]
    [InlineData(503, "Sealed", false)]
    public async Task Health_is_a_state(int code, string state, bool isServing)
    {
        _server.Answer(code, """{"initialized":true,"sealed":false,"server_time_utc":1700000000,"version":"1.20.0","cluster_name":"c"}""");
        var health = await Client(Retrying()).Health.ReadAsync();
        health.State.ToString().Should().Be(state);
        health.IsServing.Should().Be(isServing);
        (health.Version, health.ClusterName, health.ServerTime.ToUnixTimeSeconds()).Should().Be(("1.20.0", "c", 1700000000));
    }

    [Theory]
    [InlineData(503, "no server is available", VaultErrorKind.Unreachable)]
    [InlineData(429, "{}", VaultErrorKind.RateLimited)]
    [InlineData(200, "<html>welcome</html>", VaultErrorKind.Unexpected)]
    public async Task What_a_proxy_says_is_not_Vaults_health(int code, string body, VaultErrorKind kind)
    {
        _server.Answer(code, body);
        (await Failing(Client().Health.ReadAsync())).Kind.Should().Be(kind);
    }

    [Theory]
    [InlineData("vault:8200")]
    [InlineData("ftp://vault")]
    [InlineData("https://user:s3cret@vault")]
    public void An_address_that_is_none_is_refused(string address) =>
        FluentActions.Invoking(() => new VaultClient(new VaultClientOptions { Address = new Uri(address, UriKind.RelativeOrAbsolute) }))
            .Should().Throw<ArgumentException>().Which.Message.Should().NotContain("s3cret");

    [Fact]
    public async Task Paths_are_refused_before_anything_is_sent()
    {
        var client = Client();
        await client.Awaiting(static c => c.KeyValue().ReadAsync("a/../b")).Should().ThrowAsync<ArgumentException>().WithParameterName("path");
        await client.Awaiting(static c => c.Policies.DeleteAsync("a/b")).Should().ThrowAsync<ArgumentException>().WithParameterName("name");
        client.Invoking(static c => c.KeyValue("../sys")).Should().Throw<ArgumentException>().WithParameterName("mount");
        _server.Requests.Should().BeEmpty();
    }

    private static Dictionary<string, SecretValue> Fields() => new() { ["a"] = new SecretValue(Secret) };

    // Without a deadline: the one timer of the clock is then the wait before a repetition.
    private static VaultClientOptions Retrying() => new() { Address = new Uri("http://vault:8200"), RequestTimeout = Timeout.InfiniteTimeSpan };

    private static async Task<VaultException> Failing(Task task) =>
        (await task.Awaiting(static t => t.WaitAsync(Patience)).Should().ThrowAsync<VaultException>()).Which;

    private VaultClient Client(VaultClientOptions? options = null, string scheme = "http") => _client = new VaultClient(
        new VaultTransport(options ?? new VaultClientOptions { Address = new Uri($"{scheme}://vault:8200"), MaximumRetries = 0 }, _clock, _server),
        new StaticTokenSource(new VaultToken(Token)));

    private async Task PassAsync(Task task, int requests)
    {
        await Eventually.BeTrueAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return task.IsCompleted;
            },
            Patience,
            "is done");
        _server.Requests.Should().HaveCount(requests);
    }
}
