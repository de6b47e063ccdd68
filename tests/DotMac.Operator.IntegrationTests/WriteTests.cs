using System.Text.Json.Nodes;
using DotMac.Operator.IntegrationTests.Fixture;
using DotMac.Testing;

namespace DotMac.Operator.IntegrationTests;

[Collection(OperatorCollection.Name)]
public sealed class WriteTests(OperatorFixture fixture)
{
    [Fact]
    public async Task A_second_reconcile_of_an_unchanged_resource_sends_no_write()
    {
        var tenant = await SettledTenantAsync();
        var mark = await fixture.ControlPlane.MarkAsync();
        var reconciles = await fixture.Operator.ReconcilesAsync();

        // An annotation is no change of the spec, but it is a change of the object: the operator looks.
        await tenant.PatchAsync(tenant.PluginPath(), JsonNode.Parse("""{"metadata":{"annotations":{"example.com/touched":"yes"}}}""")!.AsObject());
        await Eventually.BeTrueAsync(
            async () => await fixture.Operator.ReconcilesAsync() > reconciles, TimeSpan.FromSeconds(30), "the operator has looked at it again");
        (await fixture.ControlPlane.WritesAsync(OperatorInstance.UserAgent, mark)).Where(w => w.Namespace == tenant.Namespace).Should().BeEmpty();
    }

    [Fact]
    public async Task An_operator_killed_and_started_again_writes_nothing_to_what_is_in_order()
    {
        var tenant = await SettledTenantAsync();
        await fixture.Operator.KillAsync();
        var mark = await fixture.ControlPlane.MarkAsync();
        await fixture.Operator.StartAsync();
        await Eventually.BeTrueAsync(
            async () => await fixture.Operator.ReconcilesAsync() > 0, TimeSpan.FromSeconds(30), "the operator has looked at what is there");
        await tenant.PatchAsync(tenant.PluginPath(), JsonNode.Parse("""{"metadata":{"annotations":{"example.com/touched":"after"}}}""")!.AsObject());

        // What comes after shows that what was before is done.
        var other = await SettledTenantAsync();
        other.Namespace.Should().NotBe(tenant.Namespace);
        (await fixture.ControlPlane.WritesAsync(OperatorInstance.UserAgent, mark)).Where(w => w.Namespace == tenant.Namespace).Should().BeEmpty();
    }

    [Fact]
    public async Task An_operator_killed_in_the_middle_converges_when_it_is_back()
    {
        var tenant = new Tenant(fixture.ControlPlane, await fixture.CreateTenantAsync());
        var killing = fixture.Operator.KillAsync();
        for (var i = 0; i < 10; i++)
        {
            await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace, $"twilio-{i}"));
        }

        await killing;
        await fixture.Operator.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            await tenant.WaitForChildrenAsync($"twilio-{i}");
        }
    }

    private async Task<Tenant> SettledTenantAsync()
    {
        var tenant = new Tenant(fixture.ControlPlane, await fixture.CreateTenantAsync());
        await tenant.ApplyAsync(Manifests.Twilio(tenant.Namespace));
        await tenant.WaitUntilSettledAsync();
        return tenant;
    }
}
