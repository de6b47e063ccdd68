using DotMac.Kubernetes.Models;
using DotMac.Operator.Configuration;
using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DotMac.Operator.Tests.Desired;

public sealed class VaultAnnotationsTests
{
    private const string Prefix = "vault.hashicorp.com/";

    [Fact]
    public void Each_path_is_rendered_once_as_JSON_into_a_file_of_its_name()
    {
        var annotations = Of("""{"a":"${vault:twilio/token}","b":"${vault:twilio/sid}","c":"${vault:shared/keys/value}"}""");
        annotations.Keys.Count(static k => k.Contains("agent-inject-secret-", StringComparison.Ordinal)).Should().Be(2);
        annotations[Prefix + "agent-inject-secret-twilio"].Should().Be("secret/data/tenants/acme/twilio");
        annotations[Prefix + "agent-inject-template-twilio"].Should().Be(
            """{{- with secret "secret/data/tenants/acme/twilio" -}}{{ .Data.data | toJSON }}{{- end -}}""");
        annotations[Prefix + "agent-inject-file-twilio"].Should().Be("twilio");
        annotations[Prefix + "agent-inject-perms-twilio"].Should().Be("0440");
        annotations.Values.Should().Contain("secret/data/tenants/acme/shared/keys");
    }

    [Theory]
    [InlineData("secret", "tenants/{tenant}", "secret/data/tenants/acme/twilio")]
    [InlineData("/kv/", "/{tenant}/", "kv/data/acme/twilio")]
    [InlineData("team/kv", "{tenant}/plugins/{tenant}", "team/kv/data/acme/plugins/acme/twilio")]
    public void A_path_lies_below_the_tenants_prefix(string mount, string prefix, string expected) =>
        Of("""{"a":"${vault:twilio/token}"}""", new VaultOptions { Mount = mount, PathPrefix = prefix })[Prefix + "agent-inject-secret-twilio"].Should().Be(expected);

    [Fact]
    public void The_agent_logs_in_as_this_plugin_with_the_token_made_for_Vault()
    {
        var annotations = Of("""{"a":"${vault:twilio/token}"}""");
        annotations[Prefix + "role"].Should().Be("dotmac-acme-twilio");
        annotations[Prefix + "auth-path"].Should().Be("auth/kubernetes");
        annotations[Prefix + "agent-service-account-token-volume-name"].Should().Be("vault-token");
        annotations[Prefix + "agent-run-as-same-user"].Should().Be("true");
        annotations.Should().NotContainKey(Prefix + "service", "the injector knows the address when the operator does not");
    }

    [Fact]
    public void A_spec_may_name_its_role_and_mount_and_the_operator_its_address()
    {
        var annotations = Annotations(Samples.Everything());
        annotations[Prefix + "role"].Should().Be("own-role");
        annotations[Prefix + "auth-path"].Should().Be("auth/other");
        annotations[Prefix + "service"].Should().Be("https://vault.vault.svc:8200");
    }

    [Fact]
    public void A_cache_is_asked_for_only_when_the_operator_is_told_so()
    {
        Of("""{"a":"${vault:twilio/token}"}""").Should().NotContainKey(Prefix + "agent-cache-enable");
        Of("""{"a":"${vault:twilio/token}"}""", new VaultOptions { AgentCache = true })[Prefix + "agent-cache-enable"].Should().Be("true");
    }

    [Fact]
    public void The_agents_requests_and_limits_are_always_set() =>
        Of("""{"a":"${vault:twilio/token}"}""").Should().Contain(new Dictionary<string, string>
        {
            [Prefix + "agent-requests-cpu"] = "10m",
            [Prefix + "agent-requests-mem"] = "32Mi",
            [Prefix + "agent-limits-cpu"] = "250m",
            [Prefix + "agent-limits-mem"] = "128Mi",
        });

    [Theory]
    [InlineData("Reload", false)]
    [InlineData("Restart", true)]
    [InlineData("None", true)]
    public void Where_a_running_plugin_does_not_take_new_values_over_no_agent_stays_beside_it(string rotation, bool isOnce)
    {
        var spec = $$"""{"plugin":"twilio","config":{"a":"${vault:p/k}"},"rotation":"{{rotation}}"}""";
        var annotations = Annotations(Given.Inputs(spec));
        annotations[Prefix + "agent-pre-populate"].Should().Be("true");
        annotations.ContainsKey(Prefix + "agent-pre-populate-only").Should().Be(isOnce);
        var pod = Given.Desired<V1Deployment>(Given.Inputs(spec, options: new OperatorOptions { Vault = new VaultOptions { Injection = VaultInjection.Sidecar } })).Spec!.Template!.Spec!;
        pod.InitContainers.Should().ContainSingle().Which.Name.Should().Be("vault-agent-init");
        pod.Containers!.Select(static c => c.Name).Should().Equal(isOnce ? ["plugin"] : ["plugin", "vault-agent"]);
    }

    [Fact]
    public void The_agent_is_told_whom_to_trust_which_namespace_is_meant_and_how_often_to_look()
    {
        var plain = Of("""{"a":"${vault:p/k}"}""");
        plain.Should().NotContainKeys(Prefix + "tls-secret", Prefix + "ca-cert", Prefix + "namespace");
        plain[Prefix + "template-static-secret-render-interval"].Should().Be("15s");
        var told = Of("""{"a":"${vault:p/k}"}""", new VaultOptions { TlsSecret = "vault-ca", Namespace = "team/a", RenderInterval = TimeSpan.FromMilliseconds(200) });
        told[Prefix + "tls-secret"].Should().Be("vault-ca");
        told[Prefix + "ca-cert"].Should().Be("/vault/tls/ca.crt");
        told[Prefix + "namespace"].Should().Be("team/a");
        told[Prefix + "template-static-secret-render-interval"].Should().Be("1s", "the agent takes 0 for its own five minutes");
    }

    [Theory]
    [InlineData("""{"plugin":"twilio","config":{"a":"${vault:p/k}"},"vault":{"injection":"Sidecar"}}""")]
    [InlineData("""{"plugin":"twilio","config":{"a":"${vault:p/k}"},"vault":{"injection":"None"}}""")]
    [InlineData("""{"plugin":"twilio","config":{"a":"${secret:p/k}"}}""")]
    public void Without_the_injector_there_is_none(string spec) => Annotations(Given.Inputs(spec)).Should().BeEmpty();

    [Fact]
    public void The_operators_own_choice_holds_where_a_spec_makes_none() =>
        Of("""{"a":"${vault:p/k}"}""", new VaultOptions { Injection = VaultInjection.None }).Should().BeEmpty();

    [Property(MaxTest = 200)]
    public Property Keys_are_valid_and_never_the_injectors_own_marks() => Prop.ForAll(Paths(), static paths =>
    {
        var config = string.Join(',', paths.Select(static (path, i) => $"\"f{i}\":\"${{vault:{path}/key}}\""));
        var annotations = Of($"{{{config}}}");
        foreach (var key in annotations.Keys)
        {
            key[Prefix.Length..].Should().MatchRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$");
        }

        annotations.Should().NotContainKey(Prefix + "agent-inject-status", "the injector skips pods that carry it");
        annotations.Keys.Count(static k => k.Contains("agent-inject-secret-", StringComparison.Ordinal)).Should().Be(paths.Distinct().Count(), "no two paths share a file");
    });

    // Every character that a path may have, and paths far longer than a name may be.
    private static Arbitrary<string[]> Paths()
    {
        var segment = from length in Gen.Choose(1, 60)
                      from text in Gen.Elements("abzABZ09-_.~@=,:".ToCharArray()).ArrayOf(length)
                      where text.Any(static c => c != '.')
                      select new string(text);
        var path = from count in Gen.Choose(1, 4)
                   from segments in segment.ArrayOf(count)
                   select string.Join('/', segments);
        return Arb.From(from count in Gen.Choose(1, 4)
                        from paths in Gen.OneOf(path, Gen.Elements("status", "status-", "a", "A")).ArrayOf(count)
                        select paths);
    }

    private static Dictionary<string, string> Of(string config, VaultOptions? vault = null) =>
        Annotations(Given.Inputs($$"""{"plugin":"twilio","config":{{config}}}""", options: new OperatorOptions { Vault = vault ?? new VaultOptions() }));

    private static Dictionary<string, string> Annotations(DesiredInputs inputs) =>
        Given.Desired<V1Deployment>(inputs).Spec!.Template!.Metadata!.Annotations!
            .Where(static a => a.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary();
}
