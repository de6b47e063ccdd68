using System.Net;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Plugins.Sdk.Tests.Samples;

namespace DotMac.Plugins.Sdk.Tests;

public class LifecycleTests
{
    private const string Good = """{ "token": "s3cr3t-token" }""";

    [Fact]
    public async Task HooksAreCalledInOrder()
    {
        var plugin = new SamplePlugin();
        await using (PluginTestHost host = await PluginTestHost.StartAsync(plugin, new() { Config = Good }))
        {
            await host.WaitUntilReadyAsync();
            (await host.StatusAsync()).State.Should().Be(PluginState.Active);
        }

        plugin.Events.Should().Equal("initialize hello", "activate", "deactivate", "cleanup");
    }

    [Fact]
    public async Task WithoutConfigItLivesAndSaysWhatIsMissingAndStartsWhenItAppears()
    {
        var plugin = new SamplePlugin();
        await using PluginTestHost host = await PluginTestHost.StartAsync(plugin, new());

        await host.WaitForAsync(ContractPaths.Readyz, response => Body(response).Contains("plugin.json does not exist", StringComparison.Ordinal));
        (await host.GetAsync(ContractPaths.Healthz)).Should().Be("ok");
        PluginStatusReport status = await host.StatusAsync();
        status.State.Should().Be(PluginState.Initializing);
        status.Checks.Should().Contain(check => check.Name == "config" && check.State == HealthState.Unhealthy);
        plugin.Events.Should().BeEmpty();

        host.WriteConfig(Good);
        await host.WaitUntilReadyAsync();
    }

    [Fact]
    public async Task MissingReferencesAreAllNamedAndPickedUpWhenTheyAppear()
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new SamplePlugin(), new()
        {
            Config = """{ "token": "${vault:crm/api/token}", "greeting": "${secret:words/greeting} ${env:WHO}" }""",
        });

        await host.WaitForAsync(ContractPaths.Readyz, response => Body(response).Contains("/greeting", StringComparison.Ordinal));
        using HttpResponseMessage response = await host.Client.GetAsync(new Uri(ContractPaths.Readyz, UriKind.Relative));
        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.Should().NotBeNull();
        PluginProblem problem = await response.ProblemAsync();
        problem.Type.Should().Be(ProblemTypes.NotReady);
        problem.Errors!.Select(error => error.Pointer).Should().Equal("/token", "/greeting", "/greeting");
        problem.Errors![0].Message.Should().Contain("${vault:crm/api/token}").And.Contain("Vault's agent");
        problem.Errors[1].Message.Should().Contain("${secret:words/greeting}");
        problem.Errors[2].Message.Should().Contain("${env:WHO}");

        host.WriteVaultSecret("crm/api", new Dictionary<string, string> { ["token"] = "abcdef" });
        host.WriteSecret("words", "greeting", "hi");
        await host.WaitForAsync(ContractPaths.Readyz, answer => !Body(answer).Contains("words", StringComparison.Ordinal) && Body(answer).Contains("WHO", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ResolvedValuesReachThePluginByteForByte()
    {
        var plugin = new SamplePlugin();
        await using PluginTestHost host = await PluginTestHost.StartAsync(plugin, new()
        {
            Config = """{ "token": "${vault:crm/token}", "greeting": "${secret:words/greeting}${env:WHO}$${x}", "level": "${env:LEVEL}" }""",
            VaultSecrets = { ["crm"] = new() { ["token"] = "\"ä${nothing:here}" } },
            Secrets = { ["words"] = new() { ["greeting"] = " hi\n" } },
            Environment = { ["WHO"] = "you", ["LEVEL"] = "7" },
        });

        await host.WaitUntilReadyAsync();

        plugin.Config.Token.Should().Be("\"ä${nothing:here}");
        plugin.Config.Greeting.Should().Be(" hi\nyou${x}");
        plugin.Config.Level.Should().Be(7);
    }

    [Theory]
    [InlineData("""{ "token": "ab", "level": 99, "nested": { "name": "A", "items": [ { "count": 1 }, { "count": 9 } ] } }""", "/token", "/level", "/nested/name", "/nested/items/1/count")]
    [InlineData("""{ "nested": { "items": [ {} ] } }""", "/token", "/nested/name", "/nested/items/0/count")]
    [InlineData("""{ "token": { "hunter2": 1 } }""", "/token")]
    [InlineData("""{ "token": "hunter2", "level": "hunter2" }""", "/level")]
    [InlineData("""{ "token": "hunter2", "level": null }""", "/level")]
    [InlineData("""{ "token": "${hunter2:x}" }""", "/token")]
    [InlineData("""{ "token": "${vault:crm/hunter2!}" }""", "/token")]
    [InlineData("""["hunter2"]""", "")]
    [InlineData("""{ "token": "hunter2", "token": "hunter2" }""", "")]
    [InlineData("""{ "token": "hunter2\ud800" }""", "")]
    [InlineData("""{ "token": "hunter2" hunter2""", "")]
    public async Task AnInvalidConfigIsReportedByPointerAndNeverQuoted(string config, params string[] pointers)
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new SamplePlugin(), new() { Config = config });

        string body = await host.WaitForAsync(ContractPaths.Readyz, response => Body(response).Contains("errors", StringComparison.Ordinal));

        var problem = System.Text.Json.JsonSerializer.Deserialize(body, ContractJsonContext.Default.PluginProblem)!;
        problem.Errors!.Select(error => error.Pointer).Should().Equal(pointers);
        (body + host.Log + await host.GetAsync(ContractPaths.Status)).Should().NotContain("hunter2");
    }

    [Fact]
    public async Task AFailedInitializeIsShownAndTriedAgain()
    {
        int tries = 0;
        var mayWork = new TaskCompletionSource();
        var plugin = new SamplePlugin { OnInitialize = () => ++tries < 3 || !mayWork.Task.IsCompleted ? throw new InvalidOperationException("hunter2") : Task.CompletedTask };
        await using PluginTestHost host = await PluginTestHost.StartAsync(plugin, new() { Config = Good });

        await host.WaitForCheckAsync("lifecycle", HealthState.Unhealthy);
        (await host.StatusAsync()).State.Should().Be(PluginState.Failed);
        (await host.GetAsync(ContractPaths.Status)).Should().NotContain("hunter2", "a foreign exception may hold anything").And.Contain("InvalidOperationException");

        mayWork.SetResult();
        await host.WaitUntilReadyAsync();
        tries.Should().BeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task StoppingIsSaidAtOnceAndLetsRunningCallsEnd()
    {
        var entered = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        var plugin = new SamplePlugin
        {
            OnWait = async _ =>
            {
                entered.SetResult();
                await leave.Task;
            },
        };
        await using PluginTestHost host = await PluginTestHost.StartAsync(plugin, new() { Config = Good });
        await host.WaitUntilReadyAsync();
        Task<HttpResponseMessage> running = host.CallAsync("wait", "");
        await entered.Task;

        Task stopped = host.StopAsync();

        await host.WaitForAsync(ContractPaths.Readyz, response => response.StatusCode == HttpStatusCode.ServiceUnavailable);
        (await host.StatusAsync()).State.Should().Be(PluginState.Stopping);
        using HttpResponseMessage late = await host.CallAsync("echo", """{ "text": "late" }""");
        late.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        late.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(1));
        plugin.Events.Should().NotContain("deactivate");
        stopped.IsCompleted.Should().BeFalse();

        leave.SetResult();
        (await running).StatusCode.Should().Be(HttpStatusCode.NoContent);
        await stopped;
        plugin.Events.Should().Equal("initialize hello", "activate", "waited", "deactivate", "cleanup");
    }

    [Fact]
    public async Task ForAWhileAfterTheSignalCallsAreTakenOnConnectionsThatEnd()
    {
        await using PluginTestHost host = await PluginTestHost.StartAsync(new SamplePlugin(), new() { Config = Good, LameDuckTime = TimeSpan.FromSeconds(3) });
        await host.WaitUntilReadyAsync();
        using HttpResponseMessage before = await host.CallAsync("echo", """{ "text": "before" }""");

        Task stopped = host.StopAsync();

        await host.WaitForAsync(ContractPaths.Readyz, response => response.StatusCode == HttpStatusCode.ServiceUnavailable);
        using HttpResponseMessage late = await host.CallAsync("echo", """{ "text": "late" }""");
        before.Headers.ConnectionClose.Should().NotBe(true);
        late.StatusCode.Should().Be(HttpStatusCode.OK);
        late.Headers.ConnectionClose.Should().BeTrue();
        stopped.IsCompleted.Should().BeFalse();
        await stopped;
    }

    [Fact]
    public async Task ACallThatNeverEndsDoesNotHoldTheStopForEver()
    {
        var entered = new TaskCompletionSource();
        var plugin = new SamplePlugin
        {
            OnWait = token =>
            {
                entered.SetResult();
                return Task.Delay(Timeout.Infinite, token);
            },
        };
        await using PluginTestHost host = await PluginTestHost.StartAsync(plugin, new() { Config = Good, DrainTime = TimeSpan.FromMilliseconds(50) });
        await host.WaitUntilReadyAsync();
        Task<HttpResponseMessage> running = host.CallAsync("wait", "", (ContractHeaders.TimeoutMilliseconds, "2000"));
        await entered.Task;

        await host.StopAsync();

        plugin.Events.Should().Contain("cleanup");
        host.Log.Should().Contain("still running");
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task StoppingBeforeItWasReadyCallsNoHooks()
    {
        var plugin = new SamplePlugin();
        await using (PluginTestHost host = await PluginTestHost.StartAsync(plugin, new()))
        {
            await host.StopAsync();
        }

        plugin.Events.Should().BeEmpty();
    }

    private static string Body(HttpResponseMessage response)
    {
        using var reader = new StreamReader(response.Content.ReadAsStream(), leaveOpen: true);
        string body = reader.ReadToEnd();
        reader.BaseStream.Position = 0;
        return body;
    }
}
