using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;

namespace DotMac.Operator.Tests.Desired;

/// <summary>What a TenantPlugin becomes, to be read whole: <c>Golden/*.json</c>.</summary>
public sealed class GoldenTests
{
    [Fact]
    public void A_plugin_that_says_nothing_gets_the_defaults() => Golden.Verify("minimal", DesiredState.Of(Samples.Minimal()));

    [Fact]
    public void Everything_that_a_spec_can_say_is_carried_out() => Golden.Verify("everything", DesiredState.Of(Samples.Everything()));

    [Fact]
    public void References_to_Vault_become_annotations_of_its_injector() => Golden.Verify("vault", DesiredState.Of(Samples.Vault()));

    [Fact]
    public void Without_the_injector_the_operator_adds_Vaults_agent_itself() => Golden.Verify("vault-sidecar", DesiredState.Of(Samples.VaultSidecar()));

    [Fact]
    public void Without_the_sandbox_there_is_neither_policy_nor_runtime_class() => Golden.Verify("sandbox-off", DesiredState.Of(Samples.SandboxOff()));
}
