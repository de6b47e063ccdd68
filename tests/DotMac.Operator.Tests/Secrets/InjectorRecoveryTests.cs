using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Events;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Secrets;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;
using DotMac.Testing.Logging;
using DotMac.Testing.Time;
using NSubstitute;

namespace DotMac.Operator.Tests.Secrets;

public sealed class InjectorRecoveryTests : IAsyncDisposable
{
    private const string PodsPath = "api/v1/namespaces/tenant-acme/pods";
    private const string DryRun = PodsPath + "?dryRun=All";

    private static readonly Unstructured Deployment = Given.Raw(Given.Desired<V1Deployment>(Samples.Vault()));

    private readonly FakeClient _client = new();
    private readonly ManualTimeProvider _clock = new(Given.Now);
    private readonly IEventRecorder _events = Substitute.For<IEventRecorder>();
    private readonly TenantPlugin _plugin = Given.Plugin();
    private readonly List<JsonNode> _tried = [];
    private readonly List<(string Pod, JsonNode Body)> _evicted = [];
    private readonly InjectorRecovery _recovery;

    public InjectorRecoveryTests()
    {
        _recovery = new InjectorRecovery(_client, _events, _clock, new TestLogger<InjectorRecovery>());
        Answers(static pod => pod["metadata"]!["annotations"]!["vault.hashicorp.com/agent-inject-status"] = "injected");
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task When_every_pod_has_its_agent_nobody_is_asked()
    {
        (await RecoverAsync(Pods.Ready().Injected(), Pods.Ready("twilio-2").Leaving())).Should().BeNull();
        (await RecoverAsync()).Should().BeNull();
        _tried.Should().BeEmpty();
    }

    [Fact]
    public async Task While_the_injector_is_away_nothing_goes()
    {
        Answers(static _ => { });
        Evictable("twilio-1");
        (await RecoverAsync(Pods.Ready())).Should().Be(TimeSpan.FromSeconds(20));
        _tried.Should().HaveCount(1);
        _clock.Advance(TimeSpan.FromSeconds(5));
        (await RecoverAsync(Pods.Ready())).Should().Be(TimeSpan.FromSeconds(15));
        _tried.Should().HaveCount(1, "events of a pod are no reason to ask more often");
        _clock.Advance(TimeSpan.FromSeconds(15));
        (await RecoverAsync(Pods.Ready())).Should().Be(TimeSpan.FromSeconds(20));
        _tried.Should().HaveCount(2);
        _evicted.Should().BeEmpty();
    }

    [Fact]
    public async Task The_injector_is_asked_by_a_pod_as_its_Deployment_makes_them_that_is_never_stored()
    {
        Evictable("twilio-1");
        await RecoverAsync(Pods.Ready());
        var pod = _tried.Should().ContainSingle().Subject;
        pod["kind"]!.GetValue<string>().Should().Be("Pod");
        pod["apiVersion"]!.GetValue<string>().Should().Be("v1");
        pod["metadata"]!["generateName"]!.GetValue<string>().Should().Be("twilio-");
        pod["metadata"]!["annotations"]!["vault.hashicorp.com/agent-inject"]!.GetValue<string>().Should().Be("true");
        pod["spec"]!["serviceAccountName"]!.GetValue<string>().Should().Be("twilio");
    }

    [Fact]
    public async Task When_it_is_back_one_pod_goes_and_the_next_one_only_after_a_while()
    {
        Evictable("twilio-1");
        Evictable("twilio-2");
        (await RecoverAsync(Pods.Ready("twilio-0").Injected(), Pods.Ready("twilio-1"), Pods.Ready("twilio-2"))).Should().Be(TimeSpan.FromMinutes(2));
        var (pod, eviction) = _evicted.Should().ContainSingle().Subject;
        pod.Should().Be("twilio-1");
        eviction.ToJsonString().Should().Be(
            """{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"twilio-1","namespace":"tenant-acme"},"deleteOptions":{"preconditions":{"uid":"uid-twilio-1"}}}""");
        _events.Received(1).Normal(_plugin, "PodRecreated", Arg.Any<string>(), Arg.Is<string>(static m => m.Contains("twilio-1")));

        _clock.Advance(TimeSpan.FromSeconds(119));
        (await RecoverAsync(Pods.Ready("twilio-1").Leaving(), Pods.Ready("twilio-2"))).Should().Be(TimeSpan.FromSeconds(1));
        _evicted.Should().HaveCount(1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await RecoverAsync(Pods.Ready("twilio-2"));
        _evicted.Select(static e => e.Pod).Should().Equal("twilio-1", "twilio-2");
    }

    [Fact]
    public async Task Who_has_recovered_is_helped_at_once_the_next_time()
    {
        Evictable("twilio-1");
        await RecoverAsync(Pods.Ready());
        await RecoverAsync(Pods.Ready("twilio-2").Injected());
        await RecoverAsync(Pods.Ready());
        _evicted.Should().HaveCount(2);
        _recovery.Forget(ObjectKey.Of(_plugin));
        await RecoverAsync(Pods.Ready());
        _evicted.Should().HaveCount(3, "a plugin that was deleted and made anew is another one");
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task A_pod_that_may_not_go_now_is_tried_again_later(HttpStatusCode code)
    {
        Evictable("twilio-1", code);
        (await RecoverAsync(Pods.Ready())).Should().Be(TimeSpan.FromSeconds(20));
        _events.ReceivedCalls().Should().BeEmpty();
        _clock.Advance(TimeSpan.FromSeconds(20));
        Evictable("twilio-1");
        (await RecoverAsync(Pods.Ready())).Should().Be(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task An_older_server_is_told_in_its_own_words()
    {
        Evictable("twilio-1", body => body["apiVersion"]!.GetValue<string>() == "policy/v1"
            ? throw Refused(HttpStatusCode.BadRequest, "no kind \"Eviction\" is registered for version \"policy/v1\"")
            : body);
        (await RecoverAsync(Pods.Ready())).Should().Be(TimeSpan.FromMinutes(2));
        _evicted.Select(static e => e.Body["apiVersion"]!.GetValue<string>()).Should().Equal("policy/v1", "policy/v1beta1");
        _events.ReceivedCalls().Should().HaveCount(1);
    }

    [Fact]
    public async Task An_eviction_that_no_version_knows_is_a_failure_that_is_told()
    {
        Evictable("twilio-1", HttpStatusCode.BadRequest);
        await FluentActions.Awaiting(() => RecoverAsync(Pods.Ready())).Should().ThrowAsync<ApiException>();
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Conflict)]
    public async Task A_pod_that_went_by_itself_is_gone_too(HttpStatusCode code)
    {
        Evictable("twilio-1", code);
        (await RecoverAsync(Pods.Ready())).Should().Be(TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData("403")]
    [InlineData("refused")]
    [InlineData("errored")]
    [InlineData("number")]
    public async Task When_a_successor_would_fare_no_better_nothing_goes(string answer)
    {
        Evictable("twilio-1");
        Answers(pod => pod["metadata"]!["annotations"]!["vault.hashicorp.com/agent-inject-status"] = answer switch
        {
            "403" => throw Refused(HttpStatusCode.Forbidden, "exceeded quota"),
            "refused" => throw Refused(HttpStatusCode.BadRequest, "admission webhook \"vault.hashicorp.com\" denied the request"),
            "number" => 1,
            _ => answer,
        });
        (await RecoverAsync(Pods.Ready())).Should().Be(TimeSpan.FromSeconds(20));
        _evicted.Should().BeEmpty();
    }

    [Fact]
    public async Task A_pod_whose_template_did_not_ask_for_the_agent_serves_until_its_successor_is_there()
    {
        Evictable("twilio-1", asks: false);
        Evictable("twilio-2");
        Evictable("twilio-3");
        _client.Raw.Remove($"{PodsPath}/twilio-2");
        (await RecoverAsync(Pods.Ready("twilio-1"), Pods.Ready("twilio-2"))).Should().Be(TimeSpan.FromSeconds(20));
        _evicted.Should().BeEmpty("one is of before the config referred to Vault, the other is gone by now");
        _clock.Advance(TimeSpan.FromSeconds(20));
        await RecoverAsync(Pods.Ready("twilio-1"), Pods.NotReady("twilio-3"));
        _evicted.Select(static e => e.Pod).Should().Equal("twilio-3");
    }

    private static ApiException Refused(HttpStatusCode code, string message) => new("POST", code, new V1Status { Message = message });

    private Task<TimeSpan?> RecoverAsync(params V1Pod[] pods) => _recovery.RecoverAsync(_plugin, Deployment, pods, default);

    // What the API server, and whatever admits pods, makes of a pod.
    private void Answers(Action<JsonNode> admission) => _client.Posts[DryRun] = pod =>
    {
        _tried.Add(pod.DeepClone());
        var admitted = pod.DeepClone();
        admission(admitted);
        return admitted;
    };

    private void Evictable(string pod, HttpStatusCode code) => Evictable(pod, _ => throw Refused(code, code.ToString()));

    private void Evictable(string pod, Func<JsonNode, JsonNode>? answer = null, bool asks = true)
    {
        _client.Raw[$"{PodsPath}/{pod}"] = () =>
            Encoding.UTF8.GetBytes($$"""{"metadata":{"annotations":{"vault.hashicorp.com/agent-inject":"{{(asks ? "true" : "false")}}"},"name":"{{pod}}"} }""");
        _client.Posts[$"{PodsPath}/{pod}/eviction"] = body =>
        {
            _evicted.Add((pod, body.DeepClone()));
            return answer is null ? new JsonObject { ["kind"] = "Status", ["status"] = "Success" } : answer(body).DeepClone();
        };
    }
}
