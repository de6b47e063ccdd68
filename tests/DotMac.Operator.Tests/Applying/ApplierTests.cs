using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Applying;
using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;
using DotMac.Testing;
using DotMac.Testing.Logging;

namespace DotMac.Operator.Tests.Applying;

public sealed class ApplierTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeClient _client = new();
    private readonly TestLogger<Applier> _log = new();
    private readonly TenantPlugin _owner = Given.Plugin();
    private int _version = 100;

    public ApplierTests()
    {
        foreach (var kind in ChildKind.All)
        {
            _client.Fake<Unstructured>(kind).OnApply = Written;
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task What_is_missing_is_made_in_order_under_the_operators_name()
    {
        var (applier, _) = await StartAsync();
        var outcome = await applier.ApplyAsync(DesiredState.Of(Given.Inputs()), _owner, default);
        outcome.Should().Be(new ApplyOutcome(5));
        foreach (var kind in ChildKind.All.Where(static kind => !ChildKind.Optional.Contains(kind) || kind.Kind == "NetworkPolicy"))
        {
            var (entity, options) = _client.Fake<Unstructured>(kind).Applied.Should().ContainSingle().Subject;
            options.Should().Be(new ApplyOptions("dotmac-operator", Force: true));
            entity.Kind.Should().Be(kind.Kind);
            entity.Metadata.Annotations.Should().ContainKey(Annotations.AppliedHash);
        }
    }

    [Fact]
    public async Task A_second_time_nothing_is_written()
    {
        var (applier, _) = await StartAsync();
        await applier.ApplyAsync(DesiredState.Of(Samples.Everything()), _owner, default);
        var writes = Writes();
        (await applier.ApplyAsync(DesiredState.Of(Samples.Everything()), _owner, default)).Should().Be(new ApplyOutcome(0));
        Writes().Should().Be(writes);
    }

    [Fact]
    public async Task An_operator_that_was_restarted_writes_nothing_over_what_the_server_completed()
    {
        Exists(DesiredState.Of(Samples.Everything()), static live =>
        {
            live["metadata"]!["creationTimestamp"] = "2025-06-01T12:00:00Z";
            live["metadata"]!["annotations"]!["somebody.example/note"] = "kept";
            if (live["kind"]!.GetValue<string>() == "Deployment")
            {
                var pod = live["spec"]!["template"]!["spec"]!;
                pod["dnsPolicy"] = "ClusterFirst";
                pod["containers"]![0]!["livenessProbe"]!["httpGet"]!["scheme"] = "HTTP";
                pod["containers"]![0]!["resources"]!["limits"]!["memory"] = "0.5Gi";
            }
        });
        var (applier, _) = await StartAsync();
        (await applier.ApplyAsync(DesiredState.Of(Samples.Everything()), _owner, default)).Should().Be(new ApplyOutcome(0), _log.Text);
        Writes().Should().Be(0);
    }

    [Fact]
    public async Task Only_what_changed_is_written()
    {
        Exists(DesiredState.Of(Given.Inputs()));
        var (applier, _) = await StartAsync();
        var scaled = DesiredState.Of(Given.Inputs("""{"plugin":"twilio","replicas":2}"""));
        (await applier.ApplyAsync(scaled, _owner, default)).Should().Be(new ApplyOutcome(2));
        _client.Children<V1Deployment>().Applied.Should().ContainSingle();
        _client.Children<V1PodDisruptionBudget>().Applied.Should().ContainSingle("of several pods one at a time may go");
    }

    [Fact]
    public async Task A_field_that_is_no_longer_wanted_is_taken_away_by_applying()
    {
        // Nothing that is wanted differs; what was wanted does, and the hash remembers.
        Exists(DesiredState.Of(Given.Inputs("""{"plugin":"twilio","sandbox":{"runtimeClassName":"gvisor"}}""")));
        var (applier, _) = await StartAsync();
        (await applier.ApplyAsync(DesiredState.Of(Given.Inputs()), _owner, default)).Writes.Should().Be(1);
        var applied = _client.Children<V1Deployment>().Applied.Should().ContainSingle().Subject.Entity;
        Encoding.UTF8.GetString(applied.Body.Span).Should().NotContain("gvisor");
    }

    [Fact]
    public async Task Somebodys_edit_is_put_back()
    {
        var (applier, caches) = await StartAsync();
        await applier.ApplyAsync(DesiredState.Of(Given.Inputs()), _owner, default);
        var kind = EntityType.Of<V1Service>();
        var edited = Edit(caches.Get(kind, Key)!, static live => live["spec"]!["type"] = "LoadBalancer");
        _client.Fake<Unstructured>(kind).Send(WatchEventType.Modified, edited);
        await Eventually.BeTrueAsync(() => caches.Get(kind, Key)!.Metadata.ResourceVersion == edited.Metadata.ResourceVersion, Patience, "the edit is seen");

        (await applier.ApplyAsync(DesiredState.Of(Given.Inputs()), _owner, default)).Writes.Should().Be(1);
        _client.Fake<Unstructured>(kind).Applied.Should().HaveCount(2);
        _log.Text.Should().Contain("Service tenant-acme/twilio is not as wanted at spec/type");
    }

    [Fact]
    public async Task A_deleted_child_comes_back()
    {
        var (applier, caches) = await StartAsync();
        await applier.ApplyAsync(DesiredState.Of(Given.Inputs()), _owner, default);
        var kind = EntityType.Of<V1ConfigMap>();
        _client.Fake<Unstructured>(kind).Send(WatchEventType.Deleted, Edit(caches.Get(kind, Key)!, static _ => { }));
        await Eventually.BeTrueAsync(() => caches.Get(kind, Key) is null, Patience, "the deletion is seen");
        (await applier.ApplyAsync(DesiredState.Of(Given.Inputs()), _owner, default)).Writes.Should().Be(1);
    }

    [Fact]
    public async Task An_object_of_somebody_else_is_named_before_anything_is_written()
    {
        // The last of all in the order of making: even so the first write must not have happened.
        Add(new V1Deployment { Metadata = new V1ObjectMeta { Name = "twilio", Namespace = Given.Namespace, Uid = "x", ResourceVersion = "50" } });
        var (applier, _) = await StartAsync();
        (await applier.ApplyAsync(DesiredState.Of(Given.Inputs()), _owner, default)).Should().Be(new ApplyOutcome(0, Conflict: "Deployment twilio"));
        Writes().Should().Be(0);
    }

    [Fact]
    public async Task A_namesake_of_an_earlier_life_is_somebody_elses()
    {
        // Deleted and made again while the garbage collector is still at work: the uid tells.
        Exists(DesiredState.Of(Given.Inputs()));
        var (applier, _) = await StartAsync();
        var reborn = Given.Plugin();
        reborn.Metadata.Uid = "another";
        (await applier.ApplyAsync(DesiredState.Of(Given.Inputs()), reborn, default)).Conflict.Should().Be("ServiceAccount twilio");
        Writes().Should().Be(0);
    }

    [Theory]
    [InlineData(HttpStatusCode.UnprocessableEntity)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task What_the_server_will_never_take_is_told_in_its_words(HttpStatusCode code)
    {
        _client.Children<V1Service>().OnApply = _ => throw FakeResource<Unstructured>.Refusal(code, "spec.ports: Invalid value");
        var (applier, _) = await StartAsync();
        (await applier.ApplyAsync(DesiredState.Of(Given.Inputs()), _owner, default))
            .Should().Be(new ApplyOutcome(2, Refused: "the API server refuses Service twilio: spec.ports: Invalid value"));
        _client.Children<V1Deployment>().Applied.Should().BeEmpty("pods want all of the others");
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task What_may_pass_is_tried_again(HttpStatusCode code)
    {
        _client.Children<V1Service>().OnApply = _ => throw FakeResource<Unstructured>.Refusal(code, "not now");
        var (applier, _) = await StartAsync();
        await applier.Invoking(a => a.ApplyAsync(DesiredState.Of(Given.Inputs()), _owner, default)).Should().ThrowAsync<ApiException>();
        _client.Children<V1Service>().OnApply = Written;
        (await applier.ApplyAsync(DesiredState.Of(Given.Inputs()), _owner, default)).Writes.Should().Be(3, "two are there already");
    }

    [Fact]
    public async Task A_kind_that_the_cluster_does_not_serve_is_named()
    {
        var (applier, _) = await StartAsync(ChildKind.All.Where(static kind => !ChildKind.Optional.Contains(kind) || kind.Kind == "NetworkPolicy"));
        (await applier.ApplyAsync(DesiredState.Of(Samples.Everything()), _owner, default)).Refused.Should().Contain("does not serve Ingress");
    }

    [Fact]
    public async Task What_is_no_longer_wanted_is_deleted_the_very_object_and_nothing_else()
    {
        Exists(DesiredState.Of(Samples.Everything()));
        var (applier, _) = await StartAsync();
        await applier.ApplyAsync(DesiredState.Of(Samples.SandboxOff()), _owner, default);
        _client.Children<V1NetworkPolicy>().Deletes.Should().Equal((Key, new DeleteOptions(Uid: "uid-NetworkPolicy")));
        _client.Children<V1Ingress>().Deletes.Should().Equal((Key, new DeleteOptions(Uid: "uid-Ingress")));
        _client.Children<V1PodDisruptionBudget>().Deletes.Should().Equal((Key, new DeleteOptions(Uid: "uid-PodDisruptionBudget")));
        ChildKind.All.Sum(k => _client.Fake<Unstructured>(k).Deletes.Count).Should().Be(3);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(0, 2)]
    [InlineData(9, 5)]
    public async Task Before_the_autoscaler_takes_over_the_number_of_pods_gets_an_owner_beside_us(int before, int handedOver)
    {
        Exists(DesiredState.Of(Given.Inputs($$"""{"plugin":"twilio","replicas":{{before}}}""")).Where(static child => child is not V1PodDisruptionBudget));
        var (applier, _) = await StartAsync();
        var scaled = DesiredState.Of(Given.Inputs("""{"plugin":"twilio","autoscaling":{"minReplicas":2,"maxReplicas":5}}"""));
        await applier.ApplyAsync(scaled, _owner, default);
        var applied = _client.Children<V1Deployment>().Applied.ToList();
        applied.Select(static a => a.Options.FieldManager).Should().Equal("dotmac-operator-scale", "dotmac-operator");
        Encoding.UTF8.GetString(applied[0].Entity.Body.Span).Should().Be($$$"""{"spec":{"replicas":{{{handedOver}}}}}""");
        using var ours = applied[1].Entity.ParseBody();
        ours.RootElement.GetProperty("spec").TryGetProperty("replicas", out _).Should().BeFalse("the autoscaler is not overruled");
        (await applier.ApplyAsync(scaled, _owner, default)).Writes.Should().Be(0);
    }

    [Fact]
    public async Task A_policy_of_somebody_else_stays()
    {
        Exists(DesiredState.Of(Samples.Minimal()).Where(static c => c is V1NetworkPolicy), static live => live["metadata"]!["ownerReferences"]![0]!["uid"] = "other");
        var (applier, _) = await StartAsync();
        (await applier.ApplyAsync(DesiredState.Of(Samples.SandboxOff()), _owner, default)).Conflict.Should().BeNull("it is not wanted, and so in nobody's way");
        _client.Children<V1NetworkPolicy>().Deletes.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_on_its_way_out_is_not_deleted_again()
    {
        Exists(DesiredState.Of(Samples.Minimal()), static live => live["metadata"]!["deletionTimestamp"] = "2025-06-01T12:00:00Z");
        var (applier, _) = await StartAsync();
        await applier.ApplyAsync(DesiredState.Of(Samples.SandboxOff()), _owner, default);
        _client.Children<V1NetworkPolicy>().Deletes.Should().BeEmpty();
    }

    [Fact]
    public async Task Scaling_to_zero_touches_the_number_of_pods_alone_and_once()
    {
        Exists(DesiredState.Of(Given.Inputs()));
        _client.Children<V1Deployment>().OnPatch = (_, _) => Written(Edit(_client.Children<V1Deployment>().Items[0], static live => live["spec"]!["replicas"] = 0));
        var (applier, _) = await StartAsync();
        await applier.ScaleToZeroAsync(_owner, default);
        await applier.ScaleToZeroAsync(_owner, default);
        _client.Children<V1Deployment>().Patches.Should().ContainSingle().Which.Patch.ToJsonString().Should().Be("""{"spec":{"replicas":0}}""");
    }

    [Fact]
    public async Task Somebody_elses_deployment_is_not_scaled()
    {
        Add(new V1Deployment { Metadata = new V1ObjectMeta { Name = "twilio", Namespace = Given.Namespace, Uid = "x", ResourceVersion = "50" } });
        var (applier, _) = await StartAsync();
        await applier.ScaleToZeroAsync(_owner, default);
        _client.Children<V1Deployment>().Patches.Should().BeEmpty();
    }

    private static ObjectKey Key => new(Given.Namespace, "twilio");

    private async Task<(Applier Applier, ChildCaches Caches)> StartAsync(IEnumerable<EntityType>? kinds = null)
    {
        var caches = new ChildCaches(_client.Informers, kinds ?? ChildKind.All);
        await _client.SyncAsync();
        return (new Applier(_client, caches, _log), caches);
    }

    private int Writes() => ChildKind.All.Select(_client.Fake<Unstructured>).Sum(static r => r.Applied.Count + r.Patches.Count + r.Deletes.Count);

    private Unstructured Written(Unstructured manifest)
    {
        manifest.Metadata.ResourceVersion = (++_version).ToString(CultureInfo.InvariantCulture);
        manifest.Metadata.Uid ??= $"uid-{manifest.Kind}";
        return manifest;
    }

    private void Add(IKubernetesEntity entity) => _client.Fake<Unstructured>(EntityType.Of(entity.GetType())).Items.Add(Given.Raw(entity));

    // As an applier of an earlier process left them, and as the server then changed them.
    private void Exists(IEnumerable<IKubernetesEntity> children, Action<JsonNode>? change = null)
    {
        foreach (var child in children)
        {
            child.Metadata.Annotations![Annotations.AppliedHash] = Hashing.Of(Given.Bytes(child));
            child.Metadata.Uid = $"uid-{child.Kind}";
            child.Metadata.ResourceVersion = "50";
            _client.Fake<Unstructured>(EntityType.Of(child.GetType())).Items.Add(Changed(Given.Bytes(child), change));
        }
    }

    private Unstructured Edit(Unstructured live, Action<JsonNode> change) => Written(Changed(Given.Bytes(live), change));

    private static Unstructured Changed(byte[] json, Action<JsonNode>? change)
    {
        var node = JsonNode.Parse(json)!;
        change?.Invoke(node);
        return Given.Read<Unstructured>(node.ToJsonString());
    }
}
