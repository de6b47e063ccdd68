using DotMac.Kubernetes.Models;
using DotMac.Operator.Health;
using DotMac.Operator.Tests.Support;

namespace DotMac.Operator.Tests.Health;

public sealed class PodDiagnosisTests
{
    [Fact]
    public void A_crash_loop_names_the_exit_code_and_the_command_that_shows_why() =>
        Of(Pods.Waiting("CrashLoopBackOff", "back-off 5m0s", new V1ContainerStateTerminated { ExitCode = 137, Reason = "Error" }))
            .Should().Be("container plugin of pod twilio-1 keeps exiting with code 137. See kubectl logs -n tenant-acme twilio-1 -c plugin --previous");

    [Fact]
    public void A_crash_loop_whose_end_nobody_saw_is_told_all_the_same() => Of(Pods.Waiting("CrashLoopBackOff")).Should().Contain("with code ?");

    [Fact]
    public void A_container_killed_for_its_memory_names_the_limit_to_raise() =>
        Of(Pods.Waiting("CrashLoopBackOff", last: new V1ContainerStateTerminated { ExitCode = 137, Reason = "OOMKilled" }))
            .Should().Contain("more memory than its limit").And.Contain("spec.resources.limits.memory");

    [Fact]
    public void A_container_that_came_back_after_it_was_killed_is_no_trouble()
    {
        var pod = Pods.Ready();
        pod.Status!.ContainerStatuses![0].LastState = new V1ContainerState { Terminated = new V1ContainerStateTerminated { Reason = "OOMKilled" } };
        Of(pod).Should().BeNull();
    }

    [Fact]
    public void A_container_that_ended_a_moment_ago_is_told_of_until_anybody_could_have_seen_it()
    {
        var pod = Ended(137, "Error", TimeSpan.FromSeconds(10), ready: true);
        var trouble = PodDiagnosis.Of([pod], [], Given.Now)!;
        trouble.Reason.Should().Be("ContainerRestarted");
        trouble.Message.Should().Be(
            "container plugin of pod twilio-1 exited with code 137 (killed) and is started again. See kubectl logs -n tenant-acme twilio-1 -c plugin --previous");
        trouble.Until.Should().Be(Given.Now.AddSeconds(20));
        PodDiagnosis.Of([pod], [], Given.Now.AddSeconds(20)).Should().BeNull();
    }

    [Fact]
    public void A_container_that_ended_and_is_not_ready_again_has_its_end_for_an_explanation()
    {
        PodDiagnosis.Of([Ended(1, "Error", TimeSpan.FromMinutes(1), ready: false)], [], Given.Now)!.Until.Should().Be(Given.Now.AddMinutes(1));
        PodDiagnosis.Of([Ended(1, "Error", TimeSpan.FromMinutes(3), ready: false)], [], Given.Now).Should().BeNull("something else keeps it by now");
    }

    [Theory]
    [InlineData(0, "Completed")]
    public void A_container_that_ended_well_is_no_trouble(int code, string reason) =>
        PodDiagnosis.Of([Ended(code, reason, TimeSpan.FromSeconds(1), ready: false)], [], Given.Now).Should().BeNull();

    [Fact]
    public void A_container_killed_for_its_memory_a_moment_ago_is_told_of_too() =>
        PodDiagnosis.Of([Ended(137, "OOMKilled", TimeSpan.FromSeconds(1), ready: true)], [], Given.Now)!.Reason.Should().Be("OOMKilled");

    [Fact]
    public void Trouble_that_lasts_is_told_before_trouble_that_is_over() =>
        PodDiagnosis.Of([Ended(1, "Error", TimeSpan.FromSeconds(1), ready: true), Pods.Waiting("ErrImagePull")], [], Given.Now)!.Reason.Should().Be("ImagePullFailed");

    [Theory]
    [InlineData("FailedMount", "VolumeMountFailed", "Make what it names")]
    [InlineData("FailedAttachVolume", "VolumeMountFailed", "Make what it names")]
    [InlineData("FailedCreatePodSandBox", "SandboxFailed", "runtimeClassName")]
    public void What_keeps_a_pod_from_being_set_up_is_told_by_events_alone(string reason, string expected, string fix)
    {
        var trouble = PodDiagnosis.Of([SettingUp()], [Warning(reason, "older", -60), Warning(reason, "secret \"hooks\" not found\u001b[31m")], Given.Now)!;
        trouble.Reason.Should().Be(expected);
        trouble.Message.Should().Contain("twilio-1").And.Contain("secret \"hooks\" not found [31m.").And.Contain(fix).And.NotContain("older");
    }

    [Fact]
    public void A_first_attempt_that_failed_is_no_trouble_and_a_second_one_is()
    {
        var once = Warning("FailedMount", "failed to sync configmap cache: timed out waiting for the condition");
        PodDiagnosis.Of([SettingUp()], [once], Given.Now).Should().BeNull();
        once.Count = 2;
        PodDiagnosis.Of([SettingUp()], [once], Given.Now)!.Reason.Should().Be("VolumeMountFailed");
    }

    [Fact]
    public void Events_of_others_and_of_a_pod_that_is_past_it_say_nothing()
    {
        var other = Warning("FailedMount", "x", count: 9);
        other.InvolvedObject!.Uid = "other";
        PodDiagnosis.Of([SettingUp()], [other], Given.Now).Should().BeNull();
        PodDiagnosis.Of([Pods.Ready()], [Warning("FailedMount", "x", count: 9)], Given.Now).Should().BeNull();
        var started = SettingUp();
        started.Status!.InitContainerStatuses = [new V1ContainerStatus { State = new V1ContainerState { Running = new V1ContainerStateRunning() } }];
        PodDiagnosis.Of([started], [Warning("FailedMount", "x", count: 9)], Given.Now).Should().BeNull();
    }

    [Theory]
    [InlineData("ImagePullBackOff")]
    [InlineData("ErrImagePull")]
    [InlineData("InvalidImageName")]
    [InlineData("ErrImageNeverPull")]
    public void An_image_that_cannot_be_pulled_is_named_with_the_registrys_words(string reason) =>
        Of(Pods.Waiting(reason, "manifest unknown.", image: "ghcr.io/dotmac/plugin-twilio:9"))
            .Should().Contain("ghcr.io/dotmac/plugin-twilio:9").And.Contain($"({reason}): manifest unknown. Correct the image");

    [Fact]
    public void A_container_that_cannot_be_made_is_told_in_the_kubelets_words() =>
        Of(Pods.Waiting("CreateContainerConfigError", "secret \"x\" not found")).Should().EndWith("(CreateContainerConfigError): secret \"x\" not found");

    [Fact]
    public void A_pod_without_a_node_tells_what_the_scheduler_found() =>
        Of(Pods.Unschedulable("0/3 nodes are available: 3 Insufficient memory.")).Should().Be(
            "pod twilio-1 finds no node: 0/3 nodes are available: 3 Insufficient memory. Lower spec.resources.requests or add nodes");

    [Fact]
    public void The_agents_trouble_is_the_pods_trouble()
    {
        var pod = Pods.NotReady();
        pod.Status!.InitContainerStatuses =
        [
            new V1ContainerStatus { Name = "vault-agent-init", State = new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = "CrashLoopBackOff" } } },
        ];
        Of(pod).Should().Contain("container vault-agent-init of pod twilio-1");
    }

    [Fact]
    public void An_evicted_pod_tells_why()
    {
        var pod = Pods.NotReady();
        pod.Status = new V1PodStatus { Phase = "Failed", Reason = "Evicted", Message = "The node was low on resource: memory." };
        Of(pod).Should().Be("pod twilio-1 failed: Evicted The node was low on resource: memory");
    }

    [Fact]
    public void Pods_that_are_going_and_pods_that_only_start_are_no_trouble()
    {
        Of(Pods.Waiting("CrashLoopBackOff").Leaving()).Should().BeNull();
        Of(Pods.Waiting("ContainerCreating")).Should().BeNull();
        Of(Pods.NotReady(), Pods.Ready()).Should().BeNull();
        Of().Should().BeNull();
        Of(new V1Pod { Metadata = new V1ObjectMeta { Name = "new" } }).Should().BeNull("a pod without a status has only just been made");
    }

    [Fact]
    public void Long_words_are_cut() => Of(Pods.Waiting("ErrImagePull", new string('x', 5000)))!.Length.Should().BeLessThan(600);

    [Fact]
    public void A_pod_that_is_going_takes_no_traffic()
    {
        PodDiagnosis.IsReady(Pods.Ready()).Should().BeTrue();
        PodDiagnosis.IsReady(Pods.Ready().Leaving()).Should().BeFalse();
        PodDiagnosis.IsReady(Pods.NotReady()).Should().BeFalse();
        PodDiagnosis.IsReady(new V1Pod()).Should().BeFalse();
    }

    private static V1Pod Ended(int code, string reason, TimeSpan ago, bool ready)
    {
        var pod = ready ? Pods.Ready() : Pods.NotReady();
        pod.Status!.ContainerStatuses![0].LastState = new V1ContainerState
        {
            Terminated = new V1ContainerStateTerminated { ExitCode = code, Reason = reason, FinishedAt = Given.Now - ago },
        };
        return pod;
    }

    private static V1Pod SettingUp()
    {
        var pod = Pods.Waiting("ContainerCreating");
        pod.Status!.Phase = "Pending";
        return pod;
    }

    private static Corev1Event Warning(string reason, string message, int seconds = 0, int? count = null) => new()
    {
        Count = count,
        Reason = reason,
        Message = message,
        LastTimestamp = Given.Now.AddSeconds(seconds),
        InvolvedObject = new V1ObjectReference { Uid = "uid-twilio-1" },
    };

    private static string? Of(params V1Pod[] pods) => PodDiagnosis.Of(pods, [], Given.Now)?.Message;
}
