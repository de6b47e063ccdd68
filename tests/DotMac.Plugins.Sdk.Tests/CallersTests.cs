using System.Net;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Plugins.Sdk.Tests.Samples;

namespace DotMac.Plugins.Sdk.Tests;

public sealed class CallersTests : IDisposable
{
    private const string Config = """{ "token": "s3cr3t-token" }""";
    private const string Echo = """{ "text": "hi" }""";
    private const string Subject = "system:serviceaccount:tenant-acme:api";
    private const string Allowed = """[{ "namespace": "tenant-acme" }, { "namespace": "dotmac-system", "serviceAccount": "isp-api" }]""";
    private readonly TestTokenSigner _signer = new();

    public void Dispose() => _signer.Dispose();

    [Fact]
    public async Task AGoodTokenOfAnAllowedCallerIsLetIn()
    {
        await using PluginTestHost host = await StartAsync();

        using HttpResponseMessage response = await host.CallAsync("echo", Echo, Bearer(_signer.Sign(Subject)));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).Should().Be($$"""{"text":"hi","caller":"{{Subject}}","tenant":"acme","greeting":"hello"}""");
    }

    [Fact]
    public async Task ACallerWhoIsNotListedIsRefused()
    {
        await using PluginTestHost host = await StartAsync();

        using HttpResponseMessage response = await host.CallAsync("echo", Echo, Bearer(_signer.Sign("system:serviceaccount:dotmac-system:other")));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        PluginProblem problem = await response.ProblemAsync();
        problem.Type.Should().Be(ProblemTypes.Forbidden);
        problem.Detail.Should().Contain("spec.callers");
    }

    [Fact]
    public async Task TokensThatCannotBeVerifiedAreRefusedAndNotRepeated()
    {
        using var other = new TestTokenSigner();
        using var otherIssuer = new TestTokenSigner("https://elsewhere");
        string good = _signer.Sign(Subject);
        string[] parts = good.Split('.');
        string none = $"{Base64("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.";
        (string Token, string Because)[] cases =
        [
            (other.Sign(Subject), "does not publish"),
            (otherIssuer.Sign(Subject), "."),
            (_signer.Sign(Subject, audience: "https://kubernetes.default.svc"), "another audience"),
            (_signer.Sign(Subject, expires: DateTimeOffset.UtcNow.AddMinutes(-5)), "expired"),
            ($"{parts[0]}.{parts[1]}.{(parts[2][0] == 'A' ? 'B' : 'A')}{parts[2][1..]}", "."),
            (none, "."),
            ("nonsense", "not a JSON Web Token"),
            ("", "Authorization header"),
        ];
        await using PluginTestHost host = await StartAsync();
        foreach ((string token, string because) in cases)
        {
            using HttpResponseMessage response = await host.CallAsync("echo", Echo, Bearer(token));

            response.StatusCode.Should().Be(HttpStatusCode.Unauthorized, because);
            response.Headers.WwwAuthenticate.Should().ContainSingle().Which.Scheme.Should().Be("Bearer");
            PluginProblem problem = await response.ProblemAsync();
            problem.Type.Should().Be(ProblemTypes.Unauthenticated);
            problem.Detail.Should().Contain(because);
            if (token.Length > 0)
            {
                (problem.Detail + host.Log).Should().NotContain(token);
            }
        }
    }

    [Fact]
    public async Task WithoutATokenNothingIsSaidOfOperations()
    {
        await using PluginTestHost host = await StartAsync();

        (await host.CallAsync("echo", Echo)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await host.CallAsync("nothing", Echo)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await host.Client.GetAsync(new Uri(ContractPaths.Operations, UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("globex")]
    [InlineData("ACME")]
    [InlineData("")]
    public async Task AnotherTenantIsRefused(string tenant)
    {
        await using PluginTestHost host = await StartAsync();

        using HttpResponseMessage response = await host.CallAsync("echo", Echo, Bearer(_signer.Sign(Subject)), (ContractHeaders.Tenant, tenant));
        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await response.ProblemAsync()).Type.Should().Be(ProblemTypes.WrongTenant);

        host.Client.DefaultRequestHeaders.Remove(ContractHeaders.Tenant);
        (await host.CallAsync("echo", Echo, Bearer(_signer.Sign(Subject)))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task WithoutACallersFileNobodyIsLetInUntilItAppears()
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new SamplePlugin(), new() { Config = Config, RequireCallers = true });
        await host.WaitUntilReadyAsync();

        using HttpResponseMessage response = await host.CallAsync("echo", Echo, Bearer(_signer.Sign(Subject)));
        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        PluginProblem problem = await response.ProblemAsync();
        problem.Type.Should().Be(ProblemTypes.CallersUnknown);
        problem.Detail.Should().Contain("callers.json");

        host.WriteCallers(_signer.CallersFile(Allowed));
        await Eventually.BeTrueAsync(() => host.Log.Contains("Callers are known", StringComparison.Ordinal), "the file is watched");
        (await host.CallAsync("echo", Echo, Bearer(_signer.Sign(Subject)))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("""{ "issuer": "x", "jwks": { "keys": [] } }""")]
    [InlineData("""{ "issuer": "x", "jwks": { "keys": "x" } }""")]
    [InlineData("""{ "jwks": 1 }""")]
    public async Task ABrokenCallersFileNeverOpensTheDoor(string file)
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new SamplePlugin(), new() { Config = Config, Callers = file });
        await host.WaitUntilReadyAsync();

        (await host.CallAsync("echo", Echo)).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable, "anonymous callers are for an absent file only");
    }

    [Fact]
    public async Task AnonymousCallersOfLocalDevelopmentAreWarnedOf()
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new SamplePlugin(), new() { Config = Config });
        await host.WaitUntilReadyAsync();

        (await (await host.CallAsync("echo", Echo)).Content.ReadAsStringAsync()).Should().Contain("anonymous");
        host.Log.Should().Contain("Never do this in a cluster");
    }

    [Fact]
    public async Task WhereThePlatformSaysSoWhoeverReachesThePortMayCallAndTheLogWarns()
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(
            new SamplePlugin(), new() { Config = Config, Callers = """{ "anonymous": true }""", RequireCallers = true });
        await host.WaitUntilReadyAsync();

        (await (await host.CallAsync("echo", Echo)).Content.ReadAsStringAsync()).Should().Contain("anonymous");
        host.Log.Should().Contain("spec.callerAuthentication");
        (await host.CallAsync("echo", Echo, (ContractHeaders.Tenant, "globex"))).StatusCode.Should().Be(HttpStatusCode.Forbidden, "the tenant is checked all the same");

        host.WriteCallers(_signer.CallersFile(Allowed));
        await Eventually.BeTrueAsync(() => host.Log.Contains("Callers are known", StringComparison.Ordinal), "the door is closed again");
        (await host.CallAsync("echo", Echo)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("""{ "anonymous": false }""")]
    [InlineData("""{ "anonymous": "true" }""")]
    [InlineData("""{ "anonymous": 1 }""")]
    public async Task OnlyAClearWordOpensTheDoor(string file)
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new SamplePlugin(), new() { Config = Config, Callers = file });
        await host.WaitUntilReadyAsync();

        (await host.CallAsync("echo", Echo)).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task ARevokedCallerIsOutWithTheNextFile()
    {
        await using PluginTestHost host = await StartAsync();
        (await host.CallAsync("echo", Echo, Bearer(_signer.Sign(Subject)))).StatusCode.Should().Be(HttpStatusCode.OK);

        host.WriteCallers(_signer.CallersFile("[]"));

        await Eventually.BeTrueAsync(() => host.Log.Contains("0 entries", StringComparison.Ordinal), "the swap is seen");
        (await host.CallAsync("echo", Echo, Bearer(_signer.Sign(Subject)))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    private static (string Name, string Value) Bearer(string token) => ("Authorization", $"Bearer {token}");

    private static string Base64(string text) =>
        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private async Task<PluginTestHost> StartAsync()
    {
        PluginTestHost host = await PluginTestHost.StartAsync(new SamplePlugin(), new() { Config = Config, Callers = _signer.CallersFile(Allowed) });
        await host.WaitUntilReadyAsync();
        return host;
    }
}
