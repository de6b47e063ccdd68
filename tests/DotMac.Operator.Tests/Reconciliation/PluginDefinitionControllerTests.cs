using System.Net;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Controllers;
using DotMac.Kubernetes.Entities;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;
using DotMac.Testing.Time;

namespace DotMac.Operator.Tests.Reconciliation;

public sealed class PluginDefinitionControllerTests : IAsyncDisposable
{
    private readonly FakeClient _client = new();
    private readonly ManualTimeProvider _clock = new(Given.Now);
    private readonly PluginDefinitionController _controller;

    public PluginDefinitionControllerTests()
    {
        var caches = new PluginCaches(_client.Informers);
        _controller = new PluginDefinitionController(_client, caches, _clock);
        Definitions.OnPatch = static (key, patch) => Given.Definition(name: key.Name);
    }

    private FakeResource<PluginDefinition> Definitions => _client.Fake<PluginDefinition>();

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task It_counts_the_installations_of_all_tenants()
    {
        Installed(("a", "twilio", "one"), ("b", "twilio", "one"), ("b", "twilio-2", "one"), ("b", "slack", "other"));
        await _client.SyncAsync();
        (await _controller.ReconcileAsync(Given.Definition(name: "one"), default)).Should().Be(ReconciliationResult.Done);
        var (key, patch, subresource) = Definitions.Patches.Should().ContainSingle().Subject;
        key.Should().Be(new ObjectKey(string.Empty, "one"));
        subresource.Should().Be("status");
        patch["metadata"]!.ToJsonString().Should().Be("""{"resourceVersion":"5"}""", "it may only be written over what it was calculated from");
        var status = patch["status"]!;
        status["installations"]!.GetValue<int>().Should().Be(3);
        status["observedGeneration"]!.GetValue<int>().Should().Be(1);
        status["conditions"]![0]!.ToJsonString().Should().Be(
            """{"type":"Ready","status":"True","observedGeneration":1,"lastTransitionTime":"2025-06-01T12:00:00Z","reason":"Valid","message":"The definition can be installed"}""");
    }

    [Fact]
    public async Task A_status_that_holds_is_not_written()
    {
        await _client.SyncAsync();
        await _controller.ReconcileAsync(WithStatus(Given.Definition(), 0), default);
        Definitions.Patches.Should().BeEmpty();
    }

    [Fact]
    public async Task Errors_are_told_where_they_are()
    {
        await _client.SyncAsync();
        await _controller.ReconcileAsync(Given.Definition("""[{"version":"1.0.0","image":"NoTag"}]"""), default);
        var condition = Definitions.Patches.Should().ContainSingle().Subject.Patch["status"]!["conditions"]![0]!;
        condition["status"]!.GetValue<string>().Should().Be("False");
        condition["message"]!.GetValue<string>().Should().Contain("/spec/versions/0/image");
    }

    [Fact]
    public async Task Counts_that_move_quickly_are_written_now_and_then()
    {
        Installed(("a", "twilio", "twilio"));
        await _client.SyncAsync();
        var definition = WithStatus(Given.Definition(), 5);
        await _controller.ReconcileAsync(definition, default);
        _clock.Advance(TimeSpan.FromSeconds(2));
        (await _controller.ReconcileAsync(definition, default)).Should().Be(ReconciliationResult.RequeueAfter(TimeSpan.FromSeconds(3)));
        Definitions.Patches.Should().HaveCount(1);

        _clock.Advance(TimeSpan.FromSeconds(3));
        (await _controller.ReconcileAsync(definition, default)).Should().Be(ReconciliationResult.Done);
        Definitions.Patches.Should().HaveCount(2);
        Definitions.Patches.Last().Patch["status"]!.ToJsonString().Should().Be("""{"installations":1}""", "nothing else changed");
    }

    [Fact]
    public async Task A_changed_spec_is_judged_at_once()
    {
        await _client.SyncAsync();
        var definition = WithStatus(Given.Definition(), 5);
        await _controller.ReconcileAsync(definition, default);
        definition.Metadata.Generation = 2;
        await _controller.ReconcileAsync(definition, default);
        Definitions.Patches.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_definition_that_was_removed_and_made_again_is_written_at_once()
    {
        await _client.SyncAsync();
        var definition = WithStatus(Given.Definition(), 5);
        await _controller.ReconcileAsync(definition, default);
        await _controller.DeletedAsync(ObjectKey.Of(definition), default);
        (await _controller.ReconcileAsync(definition, default)).Should().Be(ReconciliationResult.Done);
        Definitions.Patches.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_write_that_failed_does_not_count()
    {
        await _client.SyncAsync();
        var definition = WithStatus(Given.Definition(), 5);
        Definitions.OnPatch = static (_, _) => throw FakeResource<PluginDefinition>.Refusal(HttpStatusCode.Conflict, "the object has been modified");
        await _controller.Invoking(c => c.ReconcileAsync(definition, default)).Should().ThrowAsync<ApiException>();
        Definitions.OnPatch = static (key, _) => Given.Definition(name: key.Name);
        (await _controller.ReconcileAsync(definition, default)).Should().Be(ReconciliationResult.Done);
    }

    [Fact]
    public void A_condition_keeps_its_time_while_its_status_stays()
    {
        var definition = WithStatus(Given.Definition(), 0);
        definition.Metadata.Generation = 2;
        PluginDefinitionController.StatusOf(definition, 1, Given.Now.AddHours(1)).Conditions!.Single()
            .Should().BeEquivalentTo(new { LastTransitionTime = Given.Now, ObservedGeneration = 2L });
    }

    private static PluginDefinition WithStatus(PluginDefinition definition, int installations)
    {
        definition.Status = PluginDefinitionController.StatusOf(definition, installations, Given.Now);
        return definition;
    }

    private void Installed(params (string Namespace, string Name, string Definition)[] plugins) => _client.Fake<TenantPlugin>().Items.AddRange(
        plugins.Select(static p => Given.Plugin($$"""{"plugin":"{{p.Definition}}"}""", p.Name, p.Namespace)));
}
