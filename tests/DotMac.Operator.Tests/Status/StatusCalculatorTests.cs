using DotMac.Kubernetes.Models;
using DotMac.Operator.Applying;
using DotMac.Operator.Health;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Operator.Tests.Status;

public sealed class StatusCalculatorTests
{
    [Fact]
    public void A_condition_keeps_its_time_while_its_status_stays()
    {
        var first = Situation.Fine.Status();
        var later = (Situation.Fine with { Before = first, Now = Given.Now.AddHours(1), Generation = 4, Health = Situation.Answer(HealthState.Degraded, "slow") }).Status();
        later.Condition("Ready").Should().BeEquivalentTo(new { Status = "True", Reason = "ChecksDegraded", LastTransitionTime = Given.Now, ObservedGeneration = 4L });
        later.Condition("Healthy").Should().BeEquivalentTo(new { Status = "False", LastTransitionTime = Given.Now.AddHours(1) });
    }

    [Fact]
    public void Times_are_whole_seconds_which_is_all_that_the_server_keeps()
    {
        var status = (Situation.Fine with
        {
            Now = Given.Now.AddMilliseconds(1234.5678),
            Health = Situation.Answer() with { CheckedAt = Given.Now.AddMilliseconds(999), StartedAt = Given.Now.AddTicks(-1) },
        }).Status();
        status.Condition("Ready").LastTransitionTime.Should().Be(Given.Now.AddSeconds(1));
        status.Health!.CheckedAt.Should().Be(Given.Now);
        status.Metrics!.ObservedAt.Should().Be(Given.Now.AddSeconds(1));
        status.Metrics.StartedAt.Should().Be(Given.Now.AddSeconds(-1));
        ResourceJson.Object(Given.Read<TenantPluginStatus>(ResourceJson.Object(status).ToJsonString())).ToJsonString()
            .Should().Be(ResourceJson.Object(status).ToJsonString(), "what comes back from the server must equal what was sent");
    }

    [Fact]
    public void Numbers_are_integers_and_the_percentage_is_text()
    {
        var metrics = ResourceJson.Object(Situation.Fine.Status().Metrics!);
        metrics.ToJsonString().Should().Be(
            """{"apiCalls":1042,"apiErrors":3,"errorRatePercent":"0.29","latencyP50Milliseconds":10,"latencyP95Milliseconds":91,"startedAt":"2025-06-01T11:00:00Z","restarts":0,"observedAt":"2025-06-01T12:00:00Z"}""");
    }

    [Theory]
    [InlineData(0, 0, "0.00")]
    [InlineData(0, 5, "0.00")]
    [InlineData(1, 1, "100.00")]
    [InlineData(3, 1, "33.33")]
    [InlineData(1, 7, "100.00")]
    [InlineData(long.MaxValue, 1, "0.00")]
    [InlineData(long.MaxValue, long.MaxValue, "100.00")]
    public void A_percentage_is_between_0_and_100_whatever_a_plugin_says(long calls, long errors, string expected) =>
        (Situation.Fine with { Health = Situation.Answer() with { Recent = new RecentUsage(calls, errors, null) } }).Status().Metrics!.ErrorRatePercent.Should().Be(expected);

    [Fact]
    public void A_plugin_without_calls_has_no_latency()
    {
        var metrics = (Situation.Fine with { Health = Situation.Answer() with { Recent = default, StartedAt = null } }).Status().Metrics!;
        metrics.LatencyP50Milliseconds.Should().BeNull();
        metrics.StartedAt.Should().BeNull();
    }

    [Fact]
    public void Restarts_are_those_of_the_plugins_own_containers()
    {
        var agent = Pods.Ready("twilio-2", restarts: 2);
        agent.Status!.ContainerStatuses!.Add(new V1ContainerStatus { Name = "vault-agent", RestartCount = 40 });
        (Situation.Fine with { Pods = [Pods.Ready(restarts: 1), agent, Pods.Ready("twilio-3", restarts: 9).Leaving()] }).Status().Metrics!.Restarts.Should().Be(3);
    }

    [Fact]
    public void The_last_numbers_stay_while_nobody_can_be_asked()
    {
        var first = Situation.Fine.Status();
        var later = (Situation.Fine with { Before = first, Deployment = Situation.Rolling(), Pods = [Pods.NotReady()], Health = null }).Status();
        later.Metrics.Should().BeEquivalentTo(first.Metrics);
        later.Health!.State.Should().Be(HealthState.Unknown);
    }

    [Theory]
    [InlineData(HealthState.Healthy, "", false)]
    [InlineData(HealthState.Degraded, "the vendor is slow", false)]
    [InlineData(HealthState.Unhealthy, "credentials refused", false)]
    [InlineData(HealthState.Unhealthy, "twilio-1 does not answer", true)]
    public void An_operator_that_has_just_started_says_what_it_said_before(HealthState state, string message, bool failed)
    {
        // It has asked nobody yet; ten thousand plugins must not go through Installing for that.
        var before = (Situation.Fine with { Health = Situation.Answer(state, message, failed) }).Status();
        (Situation.Fine with { Before = before, Health = null, Now = Given.Now.AddMinutes(5) }).Status().Should().BeEquivalentTo(before);
    }

    [Fact]
    public void Pods_that_were_gone_are_asked_before_anything_is_said_of_them()
    {
        var before = Situation.Fine.Status();
        var gone = (Situation.Fine with { Before = before, Deployment = Situation.Rolling(), Pods = [Pods.NotReady()], Health = null }).Status();
        (Situation.Fine with { Before = gone, Health = null }).Status().Line().Should().Be("Installing Ready=False/Progressing Reconciling=True");
    }

    [Fact]
    public void What_becomes_of_its_pods_shows_in_a_plugins_health_whatever_it_says_itself()
    {
        var loop = Pods.Waiting("CrashLoopBackOff");
        var alone = (Situation.Fine with { Deployment = Situation.Rolling(), Pods = [loop], Health = null }).Status();
        alone.Health.Should().BeEquivalentTo(new { State = HealthState.Unhealthy, CheckedAt = (DateTimeOffset?)null });
        alone.Health!.Message.Should().Contain("keeps exiting");
        alone.Condition("Healthy").Should().BeEquivalentTo(new { Status = "False", Reason = "CrashLoopBackOff" });

        var beside = (Situation.Fine with { Deployment = Situation.Rolling(oldReady: 1), Pods = [loop, Pods.Ready("twilio-0")] }).Status();
        beside.Health!.State.Should().Be(HealthState.Degraded);
        beside.Condition("Healthy").Reason.Should().Be("CrashLoopBackOff");
        beside.Health.Checks.Should().ContainSingle("what the other pod says is still worth knowing");

        var worse = (Situation.Fine with
        {
            Deployment = Situation.Rolling(oldReady: 1),
            Pods = [loop, Pods.Ready("twilio-0")],
            Health = Situation.Answer(HealthState.Unhealthy, "refused"),
        }).Status();
        worse.Condition("Healthy").Reason.Should().Be("ChecksFailed");
    }

    [Fact]
    public void A_pod_that_is_only_a_remnant_makes_nobody_ill()
    {
        var evicted = Pods.NotReady("twilio-0");
        evicted.Status = new V1PodStatus { Phase = "Failed", Reason = "Evicted" };
        (Situation.Fine with { Pods = [evicted, Pods.Ready()] }).Status().Line().Should().Be("Active Ready=True/Succeeded");
    }

    [Fact]
    public void A_container_that_was_killed_and_is_back_is_told_of_for_a_while()
    {
        var pod = Pods.Ready(restarts: 1);
        pod.Status!.ContainerStatuses![0].LastState =
            new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = 137, Reason = "Error", FinishedAt = Given.Now.AddSeconds(-5) } };
        var status = (Situation.Fine with { Pods = [pod] }).Status();
        status.Line().Should().Be("Degraded Ready=True/ContainerRestarted");
        status.Condition("Ready").Message.Should().Contain("exited with code 137 (killed)");
        (Situation.Fine with { Before = status, Pods = [pod], Now = Given.Now.AddSeconds(25) }).Status().Line().Should().Be("Active Ready=True/Succeeded");
    }

    [Fact]
    public void An_operator_that_has_just_started_does_not_take_the_pods_trouble_of_before_for_the_plugins_word()
    {
        var before = (Situation.Fine with { Deployment = Situation.Rolling(), Pods = [Pods.Waiting("CrashLoopBackOff")], Health = null }).Status();
        (Situation.Fine with { Before = before, Health = null }).Status().Health!.State.Should().Be(HealthState.Unknown);
    }

    [Fact]
    public void Containers_that_are_started_again_and_again_are_counted_even_while_none_answers()
    {
        var loop = Pods.Waiting("CrashLoopBackOff");
        loop.Status!.ContainerStatuses![0].RestartCount = 7;
        var status = (Situation.Fine with { Deployment = Situation.Rolling(), Pods = [loop], Health = null }).Status();
        ResourceJson.Object(status.Metrics!).ToJsonString().Should().Be("""{"restarts":7,"observedAt":"2025-06-01T12:00:00Z"}""");
    }

    [Fact]
    public void What_the_pods_use_is_told_in_steps_where_it_is_known()
    {
        var status = (Situation.Fine with { Usage = new ResourceUsage(43 << 20, 12) }).Status();
        (status.Metrics!.Memory.ToString(), status.Metrics.Cpu.ToString()).Should().Be(("43Mi", "12m"));
        (Situation.Fine with { Before = status, Usage = new ResourceUsage(45 << 20, 3) }).Status().Metrics.Should().BeEquivalentTo(status.Metrics);
    }

    [Fact]
    public void A_deactivated_plugins_health_is_unknown_even_while_a_pod_still_answers()
    {
        var status = (Situation.Fine with { Spec = """{"plugin":"twilio","enabled":false}""" }).Status();
        status.Health.Should().BeEquivalentTo(new TenantPluginHealth { State = HealthState.Unknown });
        status.Condition("Healthy").Should().BeEquivalentTo(new { Status = "Unknown", Reason = "Deactivated" });
    }

    [Fact]
    public void Empty_messages_are_left_out()
    {
        var health = Situation.Fine.Status().Health!;
        health.Message.Should().BeNull();
        health.Checks.Should().ContainSingle().Which.Message.Should().BeNull();
    }

    [Fact]
    public void The_columns_count_pods()
    {
        var status = (Situation.Fine with { Spec = """{"plugin":"twilio","replicas":3}""", Deployment = Situation.Rolling(oldReady: 2) }).Status();
        status.Should().BeEquivalentTo(new { Replicas = 3, ReadyReplicas = 2, Ready = "2/3", Tenant = "acme", Version = "1.0.0" });
    }

    [Fact]
    public void The_image_is_the_one_that_runs_when_its_digest_is_known()
    {
        const string Digest = "ghcr.io/dotmac/plugin-twilio@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        Situation.Fine.Status().Image.Should().Be("ghcr.io/dotmac/plugin-twilio:1.0.0");
        (Situation.Fine with { Pods = [Pods.NotReady("twilio-0"), Pods.Ready(imageId: Digest)] }).Status().Image.Should().Be(Digest);
        (Situation.Fine with { Pods = [Pods.Ready(imageId: "sha256:abc")] }).Status().Image.Should().Be("ghcr.io/dotmac/plugin-twilio:1.0.0");
    }

    [Fact]
    public void A_conflict_names_the_object_and_the_ways_out()
    {
        var ready = (Situation.Fine with { Applied = new ApplyOutcome(0, Conflict: "Service twilio") }).Status().Condition("Ready");
        ready.Message.Should().StartWith("Service twilio exists and is not this plugin's").And.Contain("another name").And.EndWith("go on running");
    }

    [Fact]
    public void A_stuck_roll_out_tells_why_and_that_the_old_pods_serve()
    {
        var crashing = Pods.Waiting("CrashLoopBackOff", last: new V1ContainerStateTerminated { ExitCode = 3 });
        var message = (Situation.Fine with { Deployment = Situation.Rolling(1, Situation.Stuck), Pods = [crashing] }).Status().Condition("Available").Message;
        message.Should().Contain("the pods before it go on serving").And.Contain("exiting with code 3").And.Contain("kubectl logs");
    }

    [Theory]
    [InlineData("""{"plugin":"twilio"}""", "True", "NoSecrets")]
    [InlineData("""{"plugin":"twilio","config":{"a":"${secret:s/k}"}}""", "True", "NoSecrets")]
    [InlineData("""{"plugin":"twilio","config":{"a":"${vault:p/k}"},"vault":{"injection":"None"}}""", "True", "NoSecrets")]
    [InlineData("""{"plugin":"twilio","config":{"a":"${vault:p/k}"}}""", "False", "InjectionMissing")]
    public void Whether_the_agent_is_there_matters_only_when_it_is_wanted(string spec, string status, string reason) =>
        (Situation.Fine with { Spec = spec }).Status().Condition("SecretsInjected").Should().BeEquivalentTo(new { Status = status, Reason = reason });

    [Fact]
    public void A_pod_that_the_injector_missed_is_named()
    {
        var situation = Situation.Fine with { Spec = """{"plugin":"twilio","config":{"a":"${vault:p/k}"}}""" };
        (situation with { Pods = [Pods.Ready("twilio-0").Injected(), Pods.Ready("twilio-1")] }).Status().Condition("SecretsInjected")
            .Message.Should().Contain("twilio-1").And.Contain("makes the pod anew").And.Contain("kubectl get pods");
        (situation with { Pods = [Pods.Ready("twilio-0").Injected("errored")] }).Status().Condition("SecretsInjected").Status.Should().Be("False");
        (situation with { Pods = [Pods.Ready("twilio-0").Injected(), Pods.Ready("twilio-1").Leaving()] }).Status().Condition("SecretsInjected").Status.Should().Be("True");
        (situation with { Pods = [] }).Status().Condition("SecretsInjected").Should().BeEquivalentTo(new { Status = "Unknown", Reason = "NoPods" });
    }

    [Fact]
    public void Of_an_agent_that_the_operator_adds_itself_only_pods_of_before_lack_one()
    {
        var situation = Situation.Fine with { Spec = """{"plugin":"twilio","config":{"a":"${vault:p/k}"},"vault":{"injection":"Sidecar"}}""" };
        situation.Status().Condition("SecretsInjected").Should().BeEquivalentTo(new { Status = "Unknown", Reason = "Pending" });
        situation.Status().Condition("SecretsInjected").Message.Should().Contain("twilio-1");
        situation.Status().Line().Should().Be("Active Ready=True/Succeeded", "no injector was missed");
        (situation with { Pods = [Pods.Ready().WithAgent()] }).Status().Condition("SecretsInjected").Should().BeEquivalentTo(new { Status = "True", Reason = "Injected" });
        (situation with { Pods = [Pods.Ready().WithAgent(), Pods.Ready("twilio-0").Leaving()] }).Status().Condition("SecretsInjected").Status.Should().Be("True");
        (situation with { Pods = [Pods.Ready("twilio-0").WithAgent(), Pods.Ready()] }).Status().Condition("SecretsInjected").Status.Should().Be("Unknown");
        (situation with { Spec = situation.Spec.Replace("\"config\"", "\"rotation\":\"Restart\",\"config\"", StringComparison.Ordinal) }).Status().Condition("SecretsInjected")
            .Status.Should().Be("True", "no agent stays beside a plugin that is restarted for new values");
        (situation with { Pods = [Pods.Unschedulable("no room")] }).Status().Condition("SecretsInjected").Status.Should().Be("True", "a pod whose containers were never made says nothing");
    }
}
