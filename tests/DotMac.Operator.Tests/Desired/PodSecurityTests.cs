using DotMac.Kubernetes.Models;
using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;

namespace DotMac.Operator.Tests.Desired;

/// <summary>The <c>restricted</c> profile of the Pod Security Standards, whatever a spec asks for.</summary>
public sealed class PodSecurityTests
{
    public static TheoryData<string> Names { get; } = ["minimal", "everything", "vault", "vault-sidecar", "sandbox-off", "zero-resources"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_pod_runs_as_nobody_and_under_a_seccomp_profile(string sample)
    {
        var context = Pod(sample).SecurityContext!;
        context.RunAsNonRoot.Should().BeTrue();
        context.RunAsUser.Should().BePositive();
        context.RunAsGroup.Should().BePositive();
        context.SeccompProfile!.Type.Should().Be("RuntimeDefault", "at the level of the pod it holds for injected containers too");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_containers_can_do_nothing_beyond_their_work(string sample)
    {
        var pod = Pod(sample);
        var hasAgent = sample == "vault-sidecar";
        Containers(pod).Select(static c => c.Name).Should().Equal(hasAgent ? ["plugin", "vault-agent", "vault-agent-init"] : ["plugin"]);
        foreach (var context in Containers(pod).Select(static c => c.SecurityContext!))
        {
            context.RunAsNonRoot.Should().BeTrue();
            context.RunAsUser.Should().Be(pod.SecurityContext!.RunAsUser, "Vault's injector copies the uid from the container");
            context.AllowPrivilegeEscalation.Should().BeFalse();
            context.ReadOnlyRootFilesystem.Should().BeTrue();
            context.Capabilities!.Drop.Should().Equal("ALL");
            context.Capabilities.Add.Should().BeNull();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_token_of_the_API_server_is_mounted_and_no_services_are_spelled_out_in_the_environment(string sample)
    {
        var inputs = Inputs(sample);
        var pod = Given.Desired<V1Deployment>(inputs).Spec!.Template!.Spec!;
        pod.AutomountServiceAccountToken.Should().BeFalse();
        pod.EnableServiceLinks.Should().BeFalse();
        pod.ServiceAccountName.Should().Be(inputs.Name, "each plugin has an identity of its own");
        Given.Desired<V1ServiceAccount>(inputs).AutomountServiceAccountToken.Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Requests_and_limits_are_always_set_and_no_request_is_above_its_limit(string sample)
    {
        foreach (var resources in Containers(Pod(sample)).Select(static c => c.Resources!))
        {
            resources.Requests.Should().ContainKeys("cpu", "memory");
            resources.Limits.Should().ContainKeys("cpu", "memory");
            foreach (var (name, request) in resources.Requests!)
            {
                request.Should().BeLessThanOrEqualTo(resources.Limits![name], "{0}", name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Volumes_are_of_the_kinds_that_the_profile_allows_and_only_tmp_can_be_written(string sample)
    {
        var pod = Pod(sample);
        pod.Volumes.Should().OnlyContain(v => v.ConfigMap != null || v.EmptyDir != null || v.Projected != null);
        pod.Volumes!.Where(static v => v.EmptyDir is not null).Should().OnlyContain(v => v.EmptyDir!.SizeLimit != null);
        pod.Containers![0].VolumeMounts!.Where(static m => m.ReadOnly != true).Select(static m => m.MountPath).Should().Equal("/tmp");
        Containers(pod).SelectMany(static c => c.VolumeMounts!).Select(static m => m.Name).Should().BeSubsetOf(pod.Volumes!.Select(static v => v.Name));
    }

    [Fact]
    public void Secrets_that_an_agent_renders_are_never_on_a_disk_and_the_agent_alone_may_write_them()
    {
        var pod = Pod("vault-sidecar");
        pod.Volumes!.Single(static v => v.Name == "vault-secrets").EmptyDir!.Medium.Should().Be("Memory");
        Containers(pod).SelectMany(c => c.VolumeMounts!.Where(static m => m.Name == "vault-secrets").Select(m => (c.Name, m.MountPath, m.ReadOnly == true)))
            .Should().Equal(("plugin", "/vault/secrets", true), ("vault-agent", "/vault/secrets", false), ("vault-agent-init", "/vault/secrets", false));
        Containers(pod).Where(static c => c.VolumeMounts!.Any(static m => m.Name == "vault-token")).Select(static c => c.Name)
            .Should().Equal(["vault-agent", "vault-agent-init"], "the plugin itself has no business with Vault");
    }

    private static IEnumerable<V1Container> Containers(V1PodSpec pod) => [.. pod.Containers!, .. pod.InitContainers ?? []];

    private static V1PodSpec Pod(string sample) => Given.Desired<V1Deployment>(Inputs(sample)).Spec!.Template!.Spec!;

    private static DesiredInputs Inputs(string sample) => sample switch
    {
        "minimal" => Samples.Minimal(),
        "everything" => Samples.Everything(),
        "vault" => Samples.Vault(),
        "vault-sidecar" => Samples.VaultSidecar(),
        "sandbox-off" => Samples.SandboxOff(),
        _ => Given.Inputs("""{"plugin":"twilio","resources":{"requests":{},"limits":{"memory":"16Mi"}}}"""),
    };
}
