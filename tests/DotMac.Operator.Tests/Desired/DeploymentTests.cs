using System.Text;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Desired;

public sealed class DeploymentTests
{
    [Fact]
    public void Probes_ask_the_contracts_paths_and_patience_is_longest_at_the_start()
    {
        var container = Container(Given.Inputs());
        container.StartupProbe!.HttpGet.Should().BeEquivalentTo(new { Path = "/healthz", Port = (IntOrString)"http" });
        container.LivenessProbe!.HttpGet!.Path.Should().Be("/healthz");
        container.ReadinessProbe!.HttpGet!.Path.Should().Be("/readyz");
        container.Ports.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Name = "http", ContainerPort = 8080 });
        Seconds(container.StartupProbe).Should().BeGreaterThan(Seconds(container.LivenessProbe));
        Seconds(container.LivenessProbe).Should().BeGreaterThan(Seconds(container.ReadinessProbe));
    }

    [Fact]
    public void A_deactivated_plugin_keeps_everything_and_runs_in_no_pod()
    {
        var on = DesiredState.Of(Given.Inputs("""{"plugin":"twilio","replicas":2}"""));
        var off = DesiredState.Of(Given.Inputs("""{"plugin":"twilio","replicas":2,"enabled":false}"""));
        off.Select(static o => o.GetType()).Should().Equal(on.Select(static o => o.GetType()));
        off.OfType<V1Deployment>().Single().Spec!.Replicas.Should().Be(0);
        on.OfType<V1Deployment>().Single().Spec!.Replicas.Should().Be(2);
    }

    [Fact]
    public void Switching_off_does_not_change_the_pod_template_so_switching_on_rolls_nothing()
    {
        var on = Given.Desired<V1Deployment>(Given.Inputs("""{"plugin":"twilio","replicas":2}"""));
        var off = Given.Desired<V1Deployment>(Given.Inputs("""{"plugin":"twilio","replicas":2,"enabled":false}"""));
        off.Spec!.Replicas = on.Spec!.Replicas;
        Text(off).Should().Be(Text(on));
    }

    [Fact]
    public void A_changed_config_rolls_the_pods()
    {
        ConfigHash("""{"plugin":"twilio","config":{"from":"a"}}""").Should().NotBe(ConfigHash("""{"plugin":"twilio","config":{"from":"b"}}"""));
        ConfigHash("""{"plugin":"twilio","config":{"from":"a"}}""").Should().NotBeNull();
    }

    [Fact]
    public void With_hot_reload_a_changed_config_leaves_the_pods_alone()
    {
        ConfigHash("""{"plugin":"twilio","reload":"Hot","config":{"from":"a"}}""").Should().BeNull();
        var before = Given.Desired<V1Deployment>(Given.Inputs("""{"plugin":"twilio","reload":"Hot","config":{"from":"a"}}"""));
        var after = Given.Desired<V1Deployment>(Given.Inputs("""{"plugin":"twilio","reload":"Hot","config":{"from":"b"}}"""));
        Text(after).Should().Be(Text(before));
    }

    [Fact]
    public void Secrets_are_files_with_only_the_keys_that_are_referred_to_each_Secret_once()
    {
        var inputs = Given.Inputs(
            """{"plugin":"twilio","config":{"a":"${secret:one/x}","b":"${secret:two/y}","c":"${secret:one/w}","d":"${secret:one/x}"}}""");
        var pod = Given.Desired<V1Deployment>(inputs).Spec!.Template!.Spec!;
        var sources = pod.Volumes!.Single(static v => v.Name == "secrets").Projected!.Sources!;
        sources.Select(static s => s.Secret!.Name).Should().Equal("one", "two");
        sources[0].Secret!.Items!.Select(static i => (i.Key, i.Path)).Should().Equal(("w", "one/w"), ("x", "one/x"));
        pod.Containers![0].VolumeMounts.Should().ContainEquivalentOf(new { Name = "secrets", MountPath = "/var/run/dotmac/secrets", ReadOnly = true });
        pod.Containers[0].Env.Should().OnlyContain(e => e.ValueFrom == null || e.ValueFrom.FieldRef != null, "a secret is never an environment variable");
    }

    [Fact]
    public void Without_secrets_there_is_no_volume_for_them()
    {
        var pod = Given.Desired<V1Deployment>(Given.Inputs()).Spec!.Template!.Spec!;
        pod.Volumes!.Select(static v => v.Name).Should().Equal("config", "tmp");
    }

    [Theory]
    [InlineData("""{"plugin":"twilio","config":{"a":"${vault:p/k}"}}""", true)]
    [InlineData("""{"plugin":"twilio","config":{"a":"${vault:p/k}"},"vault":{"injection":"Sidecar"}}""", true)]
    [InlineData("""{"plugin":"twilio","config":{"a":"${vault:p/k}"},"vault":{"injection":"None"}}""", false)]
    [InlineData("""{"plugin":"twilio","config":{"a":"${secret:p/k}"}}""", false)]
    [InlineData("""{"plugin":"twilio","config":{"a":"$${vault:p/k}"}}""", false)]
    public void The_token_for_Vault_is_there_only_when_Vault_is_asked(string spec, bool expected)
    {
        var volumes = Given.Desired<V1Deployment>(Given.Inputs(spec)).Spec!.Template!.Spec!.Volumes!;
        volumes.Any(static v => v.Name == VaultAnnotations.TokenVolume).Should().Be(expected);
        if (expected)
        {
            var token = volumes.Single(static v => v.Name == VaultAnnotations.TokenVolume).Projected!.Sources!.Single().ServiceAccountToken!;
            token.Audience.Should().Be("vault", "a token for Vault is worth nothing at the API server");
            token.ExpirationSeconds.Should().BeLessThanOrEqualTo(3600);
        }
    }

    [Fact]
    public void The_plugin_is_told_who_it_is() =>
        Container(Given.Inputs()).Env!.Where(static e => e.Value is not null).Select(static e => (e.Name, e.Value)).Should().BeEquivalentTo(
        [
            ("DOTMAC_TENANT", "acme"), ("DOTMAC_PLUGIN", "twilio"), ("DOTMAC_PLUGIN_VERSION", "1.0.0"), ("DOTMAC_RELOAD", "Restart"),
        ]);

    [Fact]
    public void A_new_pod_is_ready_before_an_old_one_goes()
    {
        var rolling = Given.Desired<V1Deployment>(Given.Inputs()).Spec!.Strategy!.RollingUpdate!;
        rolling.MaxUnavailable.Should().Be((IntOrString)0);
        rolling.MaxSurge.Should().Be((IntOrString)1);
    }

    [Fact]
    public void Pods_are_spread_over_nodes_but_wait_for_none() =>
        Given.Desired<V1Deployment>(Given.Inputs()).Spec!.Template!.Spec!.TopologySpreadConstraints.Should().ContainSingle()
            .Which.Should().BeEquivalentTo(new { TopologyKey = "kubernetes.io/hostname", WhenUnsatisfiable = "ScheduleAnyway" });

    [Fact]
    public void Scaling_does_not_change_the_pod_template_so_it_rolls_nothing()
    {
        var one = Given.Desired<V1Deployment>(Given.Inputs());
        var three = Given.Desired<V1Deployment>(Given.Inputs("""{"plugin":"twilio","replicas":3}"""));
        three.Spec!.Replicas = one.Spec!.Replicas;
        Text(three).Should().Be(Text(one));
    }

    private static V1Container Container(DesiredInputs inputs) => Given.Desired<V1Deployment>(inputs).Spec!.Template!.Spec!.Containers!.Single();

    private static string? ConfigHash(string spec) =>
        Given.Desired<V1Deployment>(Given.Inputs(spec)).Spec!.Template!.Metadata!.Annotations!.TryGetValue(Annotations.ConfigHash, out var hash) ? hash : null;

    private static string Text(V1Deployment deployment) => Encoding.UTF8.GetString(Given.Bytes(deployment));

    private static int Seconds(V1Probe probe) => (probe.PeriodSeconds * probe.FailureThreshold)!.Value;
}
