using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Configuration;
using DotMac.Kubernetes.Faults.IntegrationTests.Fixture;
using DotMac.Kubernetes.Models;
using DotMac.Testing.Faults;
using Xunit.Abstractions;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Faults;

/// <summary>What becomes of a watch when the proof of who one is, or of who the server is, gets another, with changes going on.</summary>
public sealed class CredentialFaultTests(SharedControlPlane fixture, ITestOutputHelper output) : IClassFixture<SharedControlPlane>, IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dotmac-faults-");
    private readonly WatchedOptions _options = new();

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("somewhere.else", false)]
    public async Task A_server_must_bear_the_name_that_the_kubeconfig_gives_it(string name, bool bears)
    {
        await using var proxy = await FaultProxy.StartAsync(fixture.ControlPlane, new FaultProxyOptions());
        using var client = new KubernetesClient(proxy.Configuration() with { TlsServerName = name });
        var listing = () => client.Resource<V1Namespace>().ListAsync(ListOptions.All);
        if (bears)
        {
            (await listing()).Items.Should().NotBeEmpty();
        }
        else
        {
            await listing.Should().ThrowAsync<HttpRequestException>();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_expires_and_its_file_is_renewed_in_time_or_late(bool late)
    {
        var believed = "first";
        Write("token", believed);
        await using var run = await StartAsync($"{{ tokenFile: {PathOf("token")} }}", new FaultProxyOptions { Token = t => t == believed });
        await run.ChangesAsync(10);

        var mark = run.Proxy.Requests.Mark();
        believed = "second";
        if (!late)
        {
            Write("token", believed);
        }

        run.Proxy.Inject(StreamFault.Close);
        if (late)
        {
            await RefusedForAWhileAsync(run, mark, requestsEach: 2);
            Write("token", believed);
        }

        await run.RecoversAsync(Deadline);
        await run.AgreesAsync(Deadline, complete: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_certificate_expires_and_its_files_are_renewed_in_time_or_late(bool late)
    {
        var believed = new ConcurrentDictionary<string, bool>();
        string Issue(FaultProxy proxy)
        {
            var (certificate, key) = proxy.IssueClient("operator");
            Write("client.key", key);
            Write("client.crt", certificate);
            using var parsed = X509Certificate2.CreateFromPem(certificate);
            believed[parsed.Thumbprint] = true;
            return parsed.Thumbprint;
        }

        var first = string.Empty;
        await using var run = await StartAsync(
            $"{{ client-certificate: {PathOf("client.crt")}, client-key: {PathOf("client.key")} }}",
            new FaultProxyOptions { ClientCertificate = c => c is not null && believed.ContainsKey(c.Thumbprint) },
            proxy => first = Issue(proxy));
        await run.ChangesAsync(10);

        var mark = run.Proxy.Requests.Mark();
        if (!late)
        {
            Issue(run.Proxy);
        }

        believed.TryRemove(first, out _);
        run.Proxy.Inject(StreamFault.Close);
        if (late)
        {
            await RefusedForAWhileAsync(run, mark, requestsEach: 1);
            Issue(run.Proxy);
        }

        // The connection is the old one, and who one is, is known of it: another one must be made.
        await run.RecoversAsync(Deadline);
        await run.AgreesAsync(Deadline, complete: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_servers_authority_is_rotated_and_the_file_with_it_in_time_or_late(bool late)
    {
        await using var run = await StartAsync("{}", new FaultProxyOptions());
        await run.ChangesAsync(10);

        var mark = run.Proxy.Requests.Mark();
        var before = run.Proxy.Network.Accepted;
        run.Proxy.RotateAuthority();
        if (!late)
        {
            Write("ca.crt", run.Proxy.AuthorityPem);
        }

        run.Proxy.Network.Reset();
        if (late)
        {
            await Watched.PassAsync(TimeSpan.FromSeconds(4));
            var (requests, elapsed) = run.Proxy.Requests.Since(mark);
            requests.Should().Be(0, "a server that nobody vouches for is asked nothing");
            (run.Proxy.Network.Accepted - before).Should().BeInRange(2, _options.Backoff.MostTries(elapsed) + 2);
            run.Log.Text.Should().Contain("certificate");
            Write("ca.crt", run.Proxy.AuthorityPem);
        }

        await run.RecoversAsync(Deadline);
        await run.AgreesAsync(Deadline, complete: true);
    }

    [Fact]
    public async Task The_servers_certificate_is_rotated()
    {
        await using var run = await StartAsync("{}", new FaultProxyOptions());
        run.Proxy.RotateCertificate();
        run.Proxy.Network.Reset();
        await run.RecoversAsync(Deadline);
        await run.AgreesAsync(Deadline, complete: true);
    }

    private async Task RefusedForAWhileAsync(Watched run, RequestMark mark, int requestsEach)
    {
        await Watched.PassAsync(TimeSpan.FromSeconds(3));
        var (requests, elapsed) = run.Proxy.Requests.Since(mark);
        output.WriteLine($"{requests} requests in {elapsed.TotalSeconds:0.0} s");
        requests.Should().BeInRange(2, requestsEach * (_options.Backoff.MostTries(elapsed) + 1));
    }

    private Task<Watched> StartAsync(string user, FaultProxyOptions proxy, Action<FaultProxy>? prepare = null) => Watched.StartAsync(
        fixture.ControlPlane,
        _options with
        {
            Proxy = proxy,
            Configure = p =>
            {
                prepare?.Invoke(p);
                Write("ca.crt", p.AuthorityPem);
                Write("config", $$"""
                    current-context: c
                    contexts: [ { name: c, context: { cluster: k, user: u } } ]
                    clusters: [ { name: k, cluster: { server: '{{p.Host.GetLeftPart(UriPartial.Authority)}}', certificate-authority: {{PathOf("ca.crt")}} } } ]
                    users: [ { name: u, user: {{user}} } ]

                    """);
                return KubernetesClientConfiguration.BuildDefaultConfig(PathOf("config"));
            },
        });

    private string PathOf(string name) => Path.Combine(_directory.FullName, name);

    // As those who renew such files do: whole, in one step.
    private void Write(string name, string text)
    {
        File.WriteAllText(PathOf(name + ".new"), text);
        File.Move(PathOf(name + ".new"), PathOf(name), overwrite: true);
    }
}
