using System.Text.Json.Nodes;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Configuration;
using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Desired;

/// <summary>The configuration of the agent that the operator adds itself; the sidecar's pod is in <c>Golden/vault-sidecar.json</c>.</summary>
public sealed class AgentConfigurationTests
{
    [Fact]
    public void The_init_container_fills_the_files_and_ends() => Golden.Verify("vault-agent-init", Json(Samples.VaultSidecar(), once: true));

    [Fact]
    public void The_sidecar_keeps_them_up_to_date() => Golden.Verify("vault-agent", Json(Samples.VaultSidecar(), once: false));

    [Fact]
    public void The_two_differ_in_nothing_else()
    {
        var once = Json(Samples.VaultSidecar(), once: true);
        once["exit_after_auth"] = false;
        JsonNode.DeepEquals(once, Json(Samples.VaultSidecar(), once: false)).Should().BeTrue();
    }

    [Fact]
    public void What_the_operator_was_not_told_the_agent_is_not_told()
    {
        var configuration = Json(Sidecar(), once: false);
        configuration["vault"]!.ToJsonString().Should().Be("{}");
        configuration["auto_auth"]!["method"]!.AsObject().Should().NotContainKey("namespace");
        configuration["auto_auth"]!["method"]!["mount_path"]!.GetValue<string>().Should().Be("auth/kubernetes");
    }

    [Theory]
    [InlineData("kubernetes")]
    [InlineData("auth/kubernetes")]
    [InlineData("/auth/kubernetes/")]
    public void The_mount_of_the_login_is_written_whole(string written) =>
        Json(Sidecar(new VaultOptions { AuthPath = written }), once: false)["auto_auth"]!["method"]!["mount_path"]!.GetValue<string>().Should().Be("auth/kubernetes");

    [Fact]
    public void A_spec_may_name_its_role_and_mount()
    {
        var method = Json(
            Given.Inputs("""{"plugin":"twilio","config":{"a":"${vault:p/k}"},"vault":{"injection":"Sidecar","role":"own","authPath":"auth/other"}}"""), once: false)["auto_auth"]!["method"]!;
        method["config"]!["role"]!.GetValue<string>().Should().Be("own");
        method["mount_path"]!.GetValue<string>().Should().Be("auth/other");
    }

    [Fact]
    public void Each_file_is_where_the_injector_would_put_it()
    {
        const string Config = """{"a":"${vault:twilio/k}","b":"${vault:shared/a-path-that-is-much-longer-than-a-name-may-be/k}"}""";
        var annotations = Given.Desired<V1Deployment>(Given.Inputs($$"""{"plugin":"twilio","config":{{Config}}}""")).Spec!.Template!.Metadata!.Annotations!;
        Json(Given.Inputs($$$"""{"plugin":"twilio","config":{{{Config}}},"vault":{"injection":"Sidecar"}}"""), once: false)["template"]!.AsArray()
            .Select(static t => (t!["destination"]!.GetValue<string>(), t["contents"]!.GetValue<string>(), t["perms"]!.GetValue<string>()))
            .Should().BeEquivalentTo(annotations.Where(static a => a.Key.Contains("/agent-inject-file-", StringComparison.Ordinal)).Select(a => (
                "/vault/secrets/" + a.Value,
                annotations["vault.hashicorp.com/agent-inject-template-" + a.Value],
                annotations["vault.hashicorp.com/agent-inject-perms-" + a.Value])));
    }

    [Fact]
    public void The_pods_have_it_from_the_ConfigMap_and_another_one_takes_other_pods()
    {
        var inputs = Samples.VaultSidecar();
        var data = Given.Desired<V1ConfigMap>(inputs).Data!;
        data["vault-agent-init.json"].Should().Be(AgentConfiguration.Of(inputs, once: true));
        data["vault-agent.json"].Should().Be(AgentConfiguration.Of(inputs, once: false));
        Given.Desired<V1ConfigMap>(Samples.Vault()).Data!.Keys.Should().Equal("plugin.json");
        Hash(Sidecar()).Should().NotBeNull().And.Be(Hash(Sidecar()));
        Hash(Sidecar(new VaultOptions { Address = new Uri("https://other:8200") })).Should().NotBe(Hash(Sidecar()));
        Hash(Sidecar(new VaultOptions { RenderInterval = TimeSpan.FromMinutes(1) })).Should().NotBe(Hash(Sidecar()));
        Hash(Samples.Vault()).Should().BeNull();
    }

    [Fact]
    public void Who_refers_to_nothing_in_Vault_gets_no_agent() =>
        Given.Desired<V1Deployment>(Given.Inputs("""{"plugin":"twilio","config":{"a":"${secret:p/k}"},"vault":{"injection":"Sidecar"}}"""))
            .Spec!.Template!.Spec!.Containers.Should().ContainSingle();

    [Fact]
    public void The_authority_that_vouches_for_Vault_comes_from_a_Secret_of_the_namespace_and_from_nowhere_when_there_is_none()
    {
        var with = Given.Desired<V1Deployment>(Samples.VaultSidecar()).Spec!.Template!.Spec!;
        with.Volumes!.Single(static v => v.Name == "vault-tls").Projected!.Sources!.Single().Secret!.Name.Should().Be("vault-ca");
        with.InitContainers!.Concat(with.Containers!.Skip(1)).Should().OnlyContain(static c => c.VolumeMounts!.Any(m => m.MountPath == "/vault/tls"));
        with.Containers![0].VolumeMounts.Should().NotContain(static m => m.MountPath == "/vault/tls");
        var without = Given.Desired<V1Deployment>(Sidecar()).Spec!.Template!.Spec!;
        without.Volumes!.Select(static v => v.Name).Should().NotContain("vault-tls");
        without.InitContainers!.Concat(without.Containers!).Should().NotContain(static c => c.VolumeMounts!.Any(m => m.MountPath == "/vault/tls"));
    }

    private static DesiredInputs Sidecar(VaultOptions? vault = null) => Given.Inputs(
        """{"plugin":"twilio","config":{"a":"${vault:p/k}"}}""", options: new OperatorOptions { Vault = (vault ?? new VaultOptions()) with { Injection = VaultInjection.Sidecar } });

    private static JsonNode Json(DesiredInputs inputs, bool once) => JsonNode.Parse(AgentConfiguration.Of(inputs, once))!;

    private static string? Hash(DesiredInputs inputs) =>
        Given.Desired<V1Deployment>(inputs).Spec!.Template!.Metadata!.Annotations!.TryGetValue(Annotations.AgentHash, out var hash) ? hash : null;
}
