using System.Globalization;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Events;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Applying;
using DotMac.Operator.Callers;
using DotMac.Operator.Configuration;
using DotMac.Operator.Desired;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Rollouts;
using DotMac.Operator.Secrets;
using DotMac.Operator.Status;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;
using DotMac.Testing.Logging;
using DotMac.Testing.Time;
using NSubstitute;

namespace DotMac.Operator.Tests.Reconciliation;

/// <summary>Evaluate, apply, observe, tell: the order of the four, and what is not done.</summary>
public sealed class TenantPluginControllerTests : IAsyncDisposable
{
    private static readonly ObjectKey Key = new(Given.Namespace, "twilio");

    private readonly FakeClient _client = new();
    private readonly ManualTimeProvider _clock = new(Given.Now);
    private readonly FakeHealthStore _health = new();
    private readonly IEventRecorder _events = Substitute.For<IEventRecorder>();
    private readonly FakePluginVault _vault = new();
    private readonly PluginCaches _caches;
    private readonly ChildCaches _children;
    private TenantPluginController _controller;
    private TenantPlugin _plugin = Given.Plugin();
    private int _version = 100;

    public TenantPluginControllerTests()
    {
        _caches = new PluginCaches(_client.Informers);
        _children = new ChildCaches(_client.Informers, ChildKind.All);
        _controller = Create(new VaultOptions());
        foreach (var kind in ChildKind.All)
        {
            _client.Fake<Unstructured>(kind).OnApply = Written;
        }

        _client.Fake<TenantPlugin>().OnPatch = Patched;
        _client.Fake<V1Namespace>().Items.Add(Given.NamespaceOf());
        _client.Fake<PluginDefinition>().Items.Add(Given.Definition());
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task The_first_visit_makes_everything_and_tells_of_it()
    {
        await _client.SyncAsync();
        (await ReconcileAsync()).Should().Be(ReconciliationResult.Done);
        Writes().Should().Be(5);
        _plugin.Status!.Line().Should().Be("Installing Ready=False/Progressing Reconciling=True");
        _client.Fake<TenantPlugin>().Patches.Should().ContainSingle().Which.Subresource.Should().Be("status");
    }

    [Fact]
    public async Task A_visit_on_which_nothing_changed_writes_nothing()
    {
        await _client.SyncAsync();
        await ReconcileAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        await ReconcileAsync();
        Writes().Should().Be(5);
        _client.Fake<TenantPlugin>().Patches.Should().HaveCount(1);
    }

    [Fact]
    public async Task The_operators_own_say_on_images_and_the_sandbox_holds_whatever_a_spec_says()
    {
        var ns = Given.NamespaceOf();
        ns.Metadata.Annotations = new Dictionary<string, string> { [Annotations.ImagePullSecrets] = "own" };
        _client.Fake<V1Namespace>().Items.Clear();
        _client.Fake<V1Namespace>().Items.Add(ns);
        _controller = Create(new OperatorOptions { ImageRegistry = "registry.local", ImagePullSecrets = ["shared"], SandboxRequired = true });
        await _client.SyncAsync();
        Change("""{"plugin":"twilio","sandbox":{"enabled":false}}""");
        await ReconcileAsync();
        _client.Children<V1NetworkPolicy>().Applied.Should().ContainSingle();
        var pod = JsonNode.Parse(Given.Bytes(_client.Children<V1Deployment>().Applied.Single().Entity))!["spec"]!["template"]!["spec"]!;
        pod["containers"]![0]!["image"]!.GetValue<string>().Should().Be("registry.local/dotmac/plugin-twilio:1.0.0");
        pod["imagePullSecrets"]!.ToJsonString().Should().Be("""[{"name":"shared"},{"name":"own"}]""");
        _plugin.Status!.Image.Should().Be("registry.local/dotmac/plugin-twilio:1.0.0");
    }

    [Fact]
    public async Task An_operator_that_has_just_started_writes_nothing_before_it_has_asked_and_nothing_after()
    {
        await RunningAsync();
        _health.Last = null;
        _clock.Advance(TimeSpan.FromMinutes(5));
        await ReconcileAsync();
        _health.Last = Situation.Answer() with { CheckedAt = _clock.GetUtcNow() };
        await ReconcileAsync();
        _client.Fake<TenantPlugin>().Patches.Should().BeEmpty();
        Writes().Should().Be(0);
    }

    [Fact]
    public async Task Numbers_that_moved_are_written_when_their_time_has_come()
    {
        await RunningAsync();
        _clock.Advance(TimeSpan.FromSeconds(20));
        _health.Last = Situation.Answer() with { ApiCalls = 2000, CheckedAt = _clock.GetUtcNow() };
        (await ReconcileAsync()).Delay.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(40)).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(47));
        _client.Fake<TenantPlugin>().Patches.Should().BeEmpty();
        _clock.Advance(TimeSpan.FromSeconds(47));
        (await ReconcileAsync()).Should().Be(ReconciliationResult.Done);
        _plugin.Status!.Metrics!.ApiCalls.Should().Be(2000);
    }

    [Fact]
    public async Task A_status_is_written_only_over_the_version_that_it_was_calculated_from()
    {
        await _client.SyncAsync();
        await ReconcileAsync();
        _client.Fake<TenantPlugin>().Patches.Single().Patch["metadata"]!.ToJsonString().Should().Be("""{"resourceVersion":"7"}""");
    }

    [Fact]
    public async Task A_spec_that_cannot_be_rolled_out_touches_nothing()
    {
        await RunningAsync();
        Change("""{"plugin":"twilio","replicas":1000}""");
        (await ReconcileAsync()).Should().Be(ReconciliationResult.Done);
        Writes().Should().Be(0);
        _plugin.Status!.Line().Should().Be("Degraded Ready=False/SpecInvalid Stalled=True/SpecInvalid");
        _events.Received(1).Warning(Arg.Any<TenantPlugin>(), "SpecInvalid", Arg.Any<string>(), Arg.Is<string>(m => m.Contains("/spec/replicas")));
    }

    [Fact]
    public async Task Switching_off_works_even_when_the_rest_of_the_spec_is_wrong()
    {
        await RunningAsync();
        _client.Children<V1Deployment>().OnPatch = (_, _) => Written(Given.Raw(Given.Desired<V1Deployment>(Given.Inputs("""{"plugin":"twilio","enabled":false}"""))));
        Change("""{"plugin":"twilio","enabled":false,"replicas":1000}""");
        await ReconcileAsync();
        _client.Children<V1Deployment>().Patches.Should().ContainSingle().Which.Patch.ToJsonString().Should().Be("""{"spec":{"replicas":0}}""");
        Writes().Should().Be(1);
    }

    [Fact]
    public async Task What_is_waited_for_is_looked_at_again_and_nothing_is_begun()
    {
        var definition = Given.Definition("""[{"version":"1.0.0","image":"example/plugin:1","dependencies":[{"plugin":"other"}]}]""");
        _client.Fake<PluginDefinition>().Items[0] = definition;
        await _client.SyncAsync();
        var result = await ReconcileAsync();
        result.Outcome.Should().Be(ReconciliationOutcome.RequeueAfter);
        result.Delay.Should().BeCloseTo(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2));
        Writes().Should().Be(0);
        _plugin.Status!.Line().Should().Be("Pending Ready=False/DependencyMissing Reconciling=True");
    }

    [Fact]
    public async Task A_plugin_on_its_way_out_gets_no_children()
    {
        await _client.SyncAsync();
        _plugin.Metadata.DeletionTimestamp = Given.Now;
        (await ReconcileAsync()).Should().Be(ReconciliationResult.Done);
        Writes().Should().Be(0);
        _plugin.Status!.Phase.Should().Be(PluginPhase.Terminating);
    }

    [Fact]
    public async Task Pods_of_somebody_elses_deployment_say_nothing_of_the_plugin()
    {
        var theirs = Given.Desired<V1Deployment>(Given.Inputs());
        theirs.Metadata.OwnerReferences![0].Uid = "other";
        theirs.Metadata.ResourceVersion = "50";
        _client.Children<V1Deployment>().Items.Add(Given.Raw(theirs));
        _client.Fake<V1Pod>().Items.Add(Pods.Ready());
        _health.Last = Situation.Answer();
        await _client.SyncAsync();
        await ReconcileAsync();
        Writes().Should().Be(0);
        _plugin.Status!.Line().Should().Be("Failed Ready=False/NameConflict Stalled=True/NameConflict");
        _plugin.Status!.Health!.State.Should().Be(HealthState.Unknown);
    }

    [Fact]
    public async Task An_event_tells_of_a_change_once()
    {
        await RunningAsync();
        _health.Last = Situation.Answer(HealthState.Unhealthy, "credentials refused");
        await ReconcileAsync();
        await ReconcileAsync();
        _events.Received(1).Warning(Arg.Any<TenantPlugin>(), "ChecksFailed", Arg.Any<string>(), "credentials refused");
        _health.Last = Situation.Answer();
        await ReconcileAsync();
        await ReconcileAsync();
        _events.Received(1).Normal(Arg.Any<TenantPlugin>(), "Recovered", Arg.Any<string>(), Arg.Any<string>());
    }

    [Fact]
    public async Task A_new_version_of_a_secret_rolls_the_pods_of_who_wants_it_once_and_not_too_often()
    {
        await VaultedAsync(""","rotation":"Restart",""");
        Roll().Should().Be(("v1", "2025-06-01T12:00:00Z"));
        _vault.Ensured.Should().OnlyContain(static e => e.WatchVersions);

        _clock.Advance(TimeSpan.FromMinutes(4));
        _vault.Outcome = _vault.Outcome with { Versions = "v2", LookAgain = TimeSpan.FromSeconds(70) };
        (await ReconcileAsync()).Should().Be(ReconciliationResult.RequeueAfter(TimeSpan.FromSeconds(60)), "that is when it may roll");
        Roll().Versions.Should().Be("v1");
        _clock.Advance(TimeSpan.FromMinutes(1));
        await ReconcileAsync();
        Roll().Should().Be(("v2", "2025-06-01T12:05:00Z"));

        var writes = Writes();
        _vault.Outcome = new SecretsOutcome(Verdict.Unknown("VaultSealed", "unseal it"), LookAgain: TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromHours(1));
        await ReconcileAsync();
        Writes().Should().Be(writes, "a Vault that is away rolls nothing");
    }

    [Theory]
    [InlineData(",")]
    [InlineData(""","rotation":"Reload",""")]
    [InlineData(""","rotation":"None",""")]
    public async Task For_the_others_a_new_version_is_the_agents_business(string rotation)
    {
        await VaultedAsync(rotation);
        _vault.Ensured.Should().OnlyContain(static e => !e.WatchVersions);
        var writes = Writes();
        _vault.Outcome = _vault.Outcome with { Versions = "v2" };
        await ReconcileAsync();
        Writes().Should().Be(writes);
        Roll().Should().Be((null, null));
    }

    [Fact]
    public async Task Who_switches_from_rolling_to_not_rolling_keeps_the_mark_whose_going_would_roll_the_pods()
    {
        await VaultedAsync(""","rotation":"Restart",""");
        Change(Vaulted(""","rotation":"Reload",""", string.Empty));
        _vault.Outcome = _vault.Outcome with { Versions = "v2" };
        await ReconcileAsync();
        Roll().Should().Be(("v1", "2025-06-01T12:00:00Z"));
        var writes = Writes();
        await ReconcileAsync();
        Writes().Should().Be(writes);
    }

    [Fact]
    public async Task A_secret_that_is_missing_stops_a_roll_out_and_is_told_once()
    {
        await VaultedAsync(",");
        var writes = Writes();
        _vault.Outcome = new SecretsOutcome(Verdict.False("SecretNotFound", "write it"), LookAgain: TimeSpan.FromSeconds(3));
        for (var i = 0; i < 3; i++)
        {
            (await ReconcileAsync()).Should().Be(ReconciliationResult.RequeueAfter(TimeSpan.FromSeconds(3)));
        }

        Writes().Should().Be(writes);
        Warnings("SecretNotFound").Should().Be(1, "one piece of news is one event, though two conditions bear it");
        _vault.Outcome = new SecretsOutcome(Verdict.True("SecretsFound", "all there"), "v1");
        await ReconcileAsync();
        _vault.Outcome = new SecretsOutcome(Verdict.False("SecretNotFound", "write it"));
        await ReconcileAsync();
        Warnings("SecretNotFound").Should().Be(2, "it was there in between");
    }

    [Fact]
    public async Task That_Vault_is_away_is_told_once_for_each_reason_and_changes_nothing_else()
    {
        await VaultedAsync(",");
        foreach (var reason in new[] { "VaultSealed", "VaultSealed", "VaultUnavailable", "VaultUnavailable", "VaultSealed" })
        {
            _vault.Outcome = new SecretsOutcome(Verdict.Unknown(reason, "away"), LookAgain: TimeSpan.FromSeconds(5));
            await ReconcileAsync();
            _plugin.Status!.Condition("SecretsReady").Should().BeEquivalentTo(new { Status = "Unknown", Reason = reason });
        }

        Warnings("VaultSealed").Should().Be(2);
        Warnings("VaultUnavailable").Should().Be(1);
        _plugin.Status!.Condition("Ready").Status.Should().NotBe("Unknown");
    }

    [Fact]
    public async Task A_pod_without_its_agent_is_told_once_and_evicted_once_the_injector_is_back()
    {
        await RunningAsync(Vaulted(",", string.Empty), Pods.Ready().Injected());
        var evicted = 0;
        _client.Posts["api/v1/namespaces/tenant-acme/pods?dryRun=All"] = static pod => pod.DeepClone();
        _client.Raw["api/v1/namespaces/tenant-acme/pods/twilio-1"] = static () => """{"metadata":{"annotations":{"vault.hashicorp.com/agent-inject":"true"}}}"""u8.ToArray();
        _client.Posts["api/v1/namespaces/tenant-acme/pods/twilio-1/eviction"] = body =>
        {
            evicted++;
            return body.DeepClone();
        };
        _client.Fake<V1Pod>().Send(WatchEventType.Modified, Pods.Ready(version: "102"));
        await Testing.Eventually.BeTrueAsync(() => _caches.Pods.List().Any(static p => p.Metadata.Annotations is null), TimeSpan.FromSeconds(30), "the cache has the new pod");
        for (var i = 0; i < 2; i++)
        {
            (await ReconcileAsync()).Should().Be(ReconciliationResult.RequeueAfter(TimeSpan.FromSeconds(20)));
        }

        Warnings("InjectionMissing").Should().Be(1);
        evicted.Should().Be(0);
        _client.Posts["api/v1/namespaces/tenant-acme/pods?dryRun=All"] = static pod =>
        {
            var admitted = pod.DeepClone();
            admitted["metadata"]!["annotations"]!["vault.hashicorp.com/agent-inject-status"] = "injected";
            return admitted;
        };
        _clock.Advance(TimeSpan.FromSeconds(20));
        await ReconcileAsync();
        evicted.Should().Be(1);
        _events.Received(1).Normal(Arg.Any<TenantPlugin>(), "PodRecreated", Arg.Any<string>(), Arg.Any<string>());
    }

    [Fact]
    public async Task What_a_spec_leaves_open_the_operators_settings_decide()
    {
        _controller = Create(new VaultOptions { Injection = VaultInjection.None });
        await RunningAsync(Vaulted(",", string.Empty), Pods.Ready(), new OperatorOptions { Vault = new VaultOptions { Injection = VaultInjection.None } });
        _plugin.Status!.Condition("SecretsInjected").Should().BeEquivalentTo(new { Status = "True", Reason = "NoSecrets" });
        _plugin.Status!.Condition("SecretsReady").Should().BeEquivalentTo(new { Status = "True", Reason = "NoSecrets" });
        _vault.Ensured.Should().BeEmpty();
        Change(Vaulted(",", ""","vault":{"injection":"Injector"}"""));
        await ReconcileAsync();
        _vault.Ensured.Should().ContainSingle().Which.Access.Name.Should().Be("dotmac-acme-twilio");
    }

    [Theory]
    [InlineData("""{"plugin":"twilio"}""", true)]
    [InlineData("""{"plugin":"twilio","config":{"a":"${vault:p/k}"},"vault":{"role":"mine"}}""", true)]
    [InlineData("""{"plugin":"twilio","config":{"a":"${vault:p/k}"},"vault":{"injection":"None"}}""", true)]
    [InlineData("""{"plugin":"twilio","config":{"a":"${vault:p/k}"}}""", false)]
    public async Task Who_had_a_policy_and_wants_none_any_more_loses_it(string spec, bool isRemoved)
    {
        Change(spec);
        _plugin.Metadata.Finalizers = ["plugins.dotmac.io/vault"];
        await _client.SyncAsync();
        await ReconcileAsync();
        _vault.Removed.Should().Equal(isRemoved ? [(Given.Namespace, "twilio", Given.Tenant)] : []);
    }

    [Fact]
    public async Task A_plugin_on_its_way_out_is_given_nothing_in_Vault()
    {
        Change(Vaulted(",", string.Empty));
        _plugin.Metadata.DeletionTimestamp = Given.Now;
        await _client.SyncAsync();
        await ReconcileAsync();
        _vault.Ensured.Should().BeEmpty();
        await _controller.DeletedAsync(Key, default);
        _vault.Forgotten.Should().Equal("tenant-acme/twilio");
    }

    [Fact]
    public async Task A_version_that_does_not_become_healthy_is_taken_back_and_not_tried_again_until_something_changes()
    {
        _client.Fake<PluginDefinition>().Items[0] = TwoVersions("ghcr.io/dotmac/plugin-twilio:1.1.0");
        await RunningAsync("""{"plugin":"twilio","version":"1.0.0"}""", definition: TwoVersions("ghcr.io/dotmac/plugin-twilio:1.1.0"));
        var good = _plugin.Status!.CurrentRevision;
        Change("""{"plugin":"twilio","version":"1.1.0","progressDeadlineSeconds":60}""");
        await ReconcileAsync();
        Image().Should().EndWith(":1.1.0");
        _plugin.Status!.Rollout!.Revision.Should().NotBe(good);
        _plugin.Status!.CurrentRevision.Should().Be(good);

        _clock.Advance(TimeSpan.FromSeconds(61));
        (await ReconcileAsync()).Delay.Should().BeLessThan(TimeSpan.FromSeconds(1));
        _plugin.Status!.Rollback.Should().BeEquivalentTo(new { Version = "1.1.0" });
        await ReconcileAsync();
        Image().Should().EndWith(":1.0.0");
        _plugin.Status!.Version.Should().Be("1.0.0");
        _plugin.Status!.AvailableVersions.Should().Equal("1.1.0");
        _plugin.Status!.Condition("Ready").Should().BeEquivalentTo(new { Status = "False", Reason = "RolledBack" });
        _plugin.Status!.Condition("Ready").Message.Should().Contain("Version 1.1.0").And.Contain("version 1.0.0 of revision " + good);
        _plugin.Status!.Condition("Stalled").Reason.Should().Be("RolledBack");

        // The operator looks again and again, and is started anew: nothing moves.
        var writes = Writes();
        _controller = Create(new VaultOptions());
        _clock.Advance(TimeSpan.FromHours(1));
        await ReconcileAsync();
        Writes().Should().Be(writes);

        // A corrected image under the same number is another revision.
        _client.Fake<PluginDefinition>().Send(WatchEventType.Modified, TwoVersions("ghcr.io/dotmac/plugin-twilio:1.1.0-fixed"));
        await Testing.Eventually.BeTrueAsync(
            () => _caches.Definitions.List().Any(static d => d.Spec.Versions!.Any(static v => v.Image!.EndsWith("fixed", StringComparison.Ordinal))), TimeSpan.FromSeconds(30), "the cache has it");
        await ReconcileAsync();
        Image().Should().EndWith(":1.1.0-fixed");
        _plugin.Status!.Rollback.Should().BeNull();
        _plugin.Status!.Rollout.Should().NotBeNull();
    }

    [Fact]
    public async Task The_last_good_revisions_are_kept_and_no_more()
    {
        await RunningAsync();
        var revisions = _client.Fake<V1ControllerRevision>();
        revisions.Items.Should().ContainSingle().Which.Revision.Should().Be(1);
        foreach (var number in Enumerable.Range(1, 5))
        {
            Change($$$"""{"plugin":"twilio","config":{"n":{{{number}}}}}""");
            await ProveAsync();
        }

        revisions.Items.Select(static r => r.Revision).Should().Equal(4, 5, 6);
        revisions.Items[^1].Metadata.Name.Should().Be(_plugin.Status!.CurrentRevision);
        revisions.Items[^1].Data!.Value.GetRawText().Should().Be("""{"spec":{"version":"1.0.0","config":{"n":5}}}""");
    }

    [Fact]
    public async Task A_paused_plugin_is_looked_at_and_left_alone()
    {
        await RunningAsync();
        _plugin.Metadata.Annotations = new Dictionary<string, string> { [Annotations.Paused] = "true" };
        await ReconcileAsync();
        _plugin.Status!.Condition("Paused").Message.Should().Contain("nothing waits to be");
        _plugin.Status!.Line().Should().Be("Active Ready=True/Succeeded");

        Change("""{"plugin":"twilio","progressDeadlineSeconds":60}""");
        _plugin.Metadata.Annotations = new Dictionary<string, string> { [Annotations.Paused] = "true" };
        await ReconcileAsync();
        Writes().Should().Be(0);
        _plugin.Status!.Condition("Ready").Should().BeEquivalentTo(new { Status = "False", Reason = "Paused" });
        _plugin.Status!.Condition("Paused").Message.Should().Contain("Deployment spec/progressDeadlineSeconds");
        _plugin.Status!.Health!.State.Should().Be(HealthState.Healthy);

        _plugin.Metadata.Annotations = null;
        await ReconcileAsync();
        Writes().Should().Be(1);
        _plugin.Status!.Conditions!.Should().NotContain(static c => c.Type == "Paused");
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05+01:00", true)]
    [InlineData("{{ with secret }}", false)]
    [InlineData("a\nb: c", false)]
    public async Task A_wish_to_restart_rolls_the_pods_and_no_text_of_a_tenant_reaches_their_template(string wish, bool isKept)
    {
        await RunningAsync();
        _plugin.Metadata.Annotations = new Dictionary<string, string> { [Annotations.RestartedAt] = wish };
        await ReconcileAsync();
        Writes().Should().Be(1);
        using var body = _client.Children<V1Deployment>().Applied.Last().Entity.ParseBody();
        var annotation = body.RootElement.GetProperty("spec").GetProperty("template").GetProperty("metadata").GetProperty("annotations").GetProperty(Annotations.RestartedAt).GetString();
        annotation.Should().MatchRegex(isKept ? "^2026-01-02T03:04:05.01:00$" : "^[0-9a-f]{32}$");
        _plugin.Status!.Rollout.Should().BeNull("the same revision is started anew");
    }

    private static PluginDefinition TwoVersions(string image)
    {
        var definition = Given.Definition($$"""[{"version":"1.0.0","image":"ghcr.io/dotmac/plugin-twilio:1.0.0"},{"version":"1.1.0","image":"{{image}}"}]""");
        definition.Metadata.Generation = image.Length;
        definition.Metadata.ResourceVersion = (500 + image.Length).ToString(CultureInfo.InvariantCulture);
        return definition;
    }

    private string Image()
    {
        using var body = _client.Children<V1Deployment>().Applied.Last().Entity.ParseBody();
        return body.RootElement.GetProperty("spec").GetProperty("template").GetProperty("spec").GetProperty("containers")[0].GetProperty("image").GetString()!;
    }

    // The new pods come up, and say that they are well.
    private async Task ProveAsync()
    {
        await ReconcileAsync();
        var rolled = Rolled(_client.Children<V1Deployment>().Applied.Last().Entity);
        _client.Children<V1Deployment>().Send(WatchEventType.Modified, rolled);
        await Testing.Eventually.BeTrueAsync(
            () => _children.GetOwned(EntityType.Of<V1Deployment>(), _plugin)!.Metadata.ResourceVersion == rolled.Metadata.ResourceVersion,
            TimeSpan.FromSeconds(30),
            "the cache has the Deployment");
        await ReconcileAsync();
        _clock.Advance(TimeSpan.FromSeconds(2));
        _health.Last = Situation.Answer() with { CheckedAt = _clock.GetUtcNow() };
        await ReconcileAsync();
        _plugin.Status!.Rollout.Should().BeNull();
    }

    private Unstructured Rolled(Unstructured applied)
    {
        applied.Metadata.ResourceVersion = (++_version).ToString(CultureInfo.InvariantCulture);
        applied.Status = System.Text.Encoding.UTF8.GetBytes(
            $$"""{"observedGeneration":{{applied.Metadata.Generation ?? 1}},"replicas":1,"updatedReplicas":1,"readyReplicas":1,"availableReplicas":1}""");
        return applied;
    }

    private static string Vaulted(string rotation, string more) => $$"""{"plugin":"twilio"{{rotation}}"config":{"a":"${vault:p/k}"}{{more}}}""";

    private TenantPluginController Create(VaultOptions vault) => Create(new OperatorOptions { Vault = vault });

    private TenantPluginController Create(OperatorOptions options) => new(
        _caches,
        _children,
        new SecretCheck(_client, _vault),
        new Applier(_client, _children, new TestLogger<Applier>()),
        new StatusWriter(_client, _caches.PluginInformer, new StatusBudget(1000, _clock)),
        new InjectorRecovery(_client, _events, _clock, new TestLogger<InjectorRecovery>()),
        new PluginRollouts(new RevisionHistory(_client, 3), new TestLogger<PluginRollouts>()),
        new ReconcileContext(
            options, new ClusterKeySource(_client, new TestLogger<ClusterKeySource>(), _clock), _health, _events, _clock)
        {
            Vault = _vault,
        });

    // A plugin with a secret in Vault, made on its first visit.
    private async Task VaultedAsync(string rotation)
    {
        await _client.SyncAsync();
        Change(Vaulted(rotation, string.Empty));
        await ReconcileAsync();
        Writes().Should().Be(5);
    }

    private (string? Versions, string? Since) Roll()
    {
        var applied = _client.Children<V1Deployment>().Applied.Last().Entity;
        using var body = applied.ParseBody();
        var annotations = body.RootElement.GetProperty("spec").GetProperty("template").GetProperty("metadata").GetProperty("annotations");
        return (Text(Annotations.SecretVersions), Text(Annotations.SecretVersionsSince));

        string? Text(string name) => annotations.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    private int Warnings(string reason) =>
        _events.ReceivedCalls().Count(c => c.GetMethodInfo().Name == nameof(IEventRecorder.Warning) && (string?)c.GetArguments()[1] == reason);

    // Everything is there, as an operator left it.
    private async Task RunningAsync(
        string spec = """{"plugin":"twilio"}""", V1Pod? pod = null, OperatorOptions? options = null, PluginDefinition? definition = null)
    {
        Change(spec);
        _plugin.Metadata.Generation = 3;
        foreach (var child in DesiredState.Of(Given.Inputs(spec, definition, options: options)))
        {
            child.Metadata.Annotations![Annotations.AppliedHash] = Hashing.Of(Given.Bytes(child));
            child.Metadata.ResourceVersion = "50";
            child.Metadata.Generation = 1;
            var raw = Given.Raw(child);
            if (child is V1Deployment)
            {
                raw.Status = """{"observedGeneration":1,"replicas":1,"updatedReplicas":1,"readyReplicas":1,"availableReplicas":1}"""u8.ToArray();
            }

            _client.Fake<Unstructured>(EntityType.Of(child.GetType())).Items.Add(raw);
        }

        _client.Fake<V1Pod>().Items.Add(pod ?? Pods.Ready());
        _health.Last = Situation.Answer() with { CheckedAt = Given.Now.AddSeconds(1) };
        await _client.SyncAsync();
        await ReconcileAsync();
        await ReconcileAsync();
        _plugin.Status!.CurrentRevision.Should().NotBeNull();
        _plugin.Status!.Line().Should().Be("Active Ready=True/Succeeded");
        Writes().Should().Be(0);
        _client.Fake<TenantPlugin>().Patches.Clear();
        _events.ClearReceivedCalls();
    }

    private Task<ReconciliationResult> ReconcileAsync() => _controller.ReconcileAsync(_plugin, default);

    private int Writes() => ChildKind.All.Select(_client.Fake<Unstructured>).Sum(static r => r.Applied.Count + r.Patches.Count + r.Deletes.Count);

    private void Change(string spec)
    {
        var status = _plugin.Status;
        _plugin = Given.Plugin(spec);
        _plugin.Metadata.Generation = 4;
        _plugin.Status = status;
    }

    private Unstructured Written(Unstructured manifest)
    {
        manifest.Metadata.ResourceVersion = (++_version).ToString(CultureInfo.InvariantCulture);
        return manifest;
    }

    // What the server makes of a patch is what the next visit finds.
    private TenantPlugin Patched(ObjectKey key, JsonNode patch)
    {
        key.Should().Be(Key);
        var whole = ResourceJson.Object(_plugin);
        Merge(whole, patch.AsObject());
        whole["metadata"]!["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
        return _plugin = Given.Read<TenantPlugin>(whole.ToJsonString());
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is JsonObject inner && target[name] is JsonObject known)
            {
                Merge(known, inner);
            }
            else if (value is null)
            {
                target.Remove(name);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
