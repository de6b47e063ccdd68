using DotMac.Kubernetes.Models;
using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;

namespace DotMac.Operator.Tests.Desired;

/// <summary>The <c>restricted</c> profile of the Pod Security Standards, whatever a spec asks for.</summary>
public sealed class PodSecurityTests
{
    public static TheoryData<string> Names { get; } = ["minimal", "everything", "vault", "sandbox-off", "zero-resources"];

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
    public void The_container_can_do_nothing_beyond_its_work(string sample)
    {
        var pod = Pod(sample);
        pod.InitContainers.Should().BeNull();
        var context = pod.Containers.Should().ContainSingle().Subject.SecurityContext!;
        context.RunAsNonRoot.Should().BeTrue();
        context.RunAsUser.Should().Be(pod.SecurityContext!.RunAsUser, "Vault's injector copies the uid from the container");
        context.AllowPrivilegeEscalation.Should().BeFalse();
        context.ReadOnlyRootFilesystem.Should().BeTrue();
        context.Capabilities!.Drop.Should().Equal("ALL");
        context.Capabilities.Add.Should().BeNull();
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
        var resources = Pod(sample).Containers![0].Resources!;
        resources.Requests.Should().ContainKeys("cpu", "memory");
        resources.Limits.Should().ContainKeys("cpu", "memory");
        foreach (var (name, request) in resources.Requests!)
        {
            request.Should().BeLessThanOrEqualTo(resources.Limits![name], "{0}", name);
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
    }

    private static V1PodSpec Pod(string sample) => Given.Desired<V1Deployment>(Inputs(sample)).Spec!.Template!.Spec!;

    private static DesiredInputs Inputs(string sample) => sample switch
    {
        "minimal" => Samples.Minimal(),
        "everything" => Samples.Everything(),
        "vault" => Samples.Vault(),
        "sandbox-off" => Samples.SandboxOff(),
        _ => Given.Inputs("""{"plugin":"twilio","resources":{"requests":{},"limits":{"memory":"16Mi"}}}"""),
    };
}
