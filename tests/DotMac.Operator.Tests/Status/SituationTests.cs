using DotMac.Kubernetes.Models;
using DotMac.Operator.Applying;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Status;

/// <summary>Every situation of a plugin and what its status says of it, in a table.</summary>
public sealed class SituationTests
{
    private const string Off = """{"plugin":"twilio","enabled":false}""";
    private const string Vault = """{"plugin":"twilio","config":{"a":"${vault:p/k}"}}""";

    private static readonly Verdict Missing = Verdict.False(ConditionReasons.SecretNotFound, "create it");
    private static readonly Verdict Unmet = Verdict.False(ConditionReasons.DependencyMissing, "install it");
    private static readonly V1Pod Crashing = Pods.Waiting("CrashLoopBackOff", last: new V1ContainerStateTerminated { ExitCode = 1 });

    private static readonly Dictionary<string, (Situation Situation, string Line)> Table = new()
    {
        ["all is well"] = (Situation.Fine, "Active Ready=True/Succeeded"),
        ["the first visit, nothing is there yet"] = (
            Situation.Fine with { Deployment = null, Pods = [], Health = null }, "Pending Ready=False/Pending Reconciling=True"),
        ["the first pod comes up"] = (
            Situation.Fine with { Deployment = Situation.Rolling(), Pods = [Pods.NotReady()], Health = null },
            "Installing Ready=False/Progressing Reconciling=True"),
        ["pods are there, the plugin has not been asked"] = (
            Situation.Fine with { Health = null }, "Installing Ready=False/Progressing Reconciling=True"),
        ["the plugin does not know yet how it is"] = (
            Situation.Fine with { Health = Situation.Answer(HealthState.Unknown) }, "Installing Ready=False/Progressing Reconciling=True"),
        ["the Deployment's status is of an older spec"] = (
            Situation.Fine with { Deployment = Situation.Rolled() with { Generation = 5 } }, "Installing Ready=False/Progressing Reconciling=True"),
        ["old pods are still there"] = (
            Situation.Fine with { Deployment = new ObservedDeployment(4, new V1DeploymentStatus { ObservedGeneration = 4, Replicas = 2, UpdatedReplicas = 1, ReadyReplicas = 2, AvailableReplicas = 2 }) },
            "Installing Ready=False/Progressing Reconciling=True"),

        ["a vendor has trouble"] = (
            Situation.Fine with { Health = Situation.Answer(HealthState.Degraded, "the vendor is slow") }, "Degraded Ready=True/ChecksDegraded"),
        ["the plugin calls itself broken"] = (
            Situation.Fine with { Health = Situation.Answer(HealthState.Unhealthy, "credentials refused") }, "Degraded Ready=False/ChecksFailed"),
        ["the plugin does not answer"] = (
            Situation.Fine with { Health = Situation.Answer(HealthState.Unhealthy, "twilio-1 does not answer", failed: true) }, "Degraded Ready=False/ProbeFailed"),

        ["deactivated"] = (
            Situation.Fine with { Spec = Off, Deployment = Situation.Rolled(0), Pods = [], Health = null }, "Inactive Ready=False/Deactivated"),
        ["deactivated, pods are stopping"] = (Situation.Fine with { Spec = Off }, "Inactive Ready=False/Deactivated Reconciling=True"),
        ["deactivated, and a secret is missing"] = (
            Situation.Fine with { Spec = Off, Secrets = Missing, Deployment = null, Pods = [], Health = null }, "Inactive Ready=False/Deactivated"),
        ["deactivated, and the spec is wrong"] = (
            Situation.Fine with { Spec = """{"plugin":"twilio","enabled":false,"replicas":1000}""", Deployment = null, Pods = [], Health = null },
            "Inactive Ready=False/SpecInvalid Stalled=True/SpecInvalid"),
        ["told to run in no pod"] = (
            Situation.Fine with { Spec = """{"plugin":"twilio","replicas":0}""", Deployment = Situation.Rolled(0), Pods = [], Health = null },
            "Inactive Ready=False/PodsUnavailable"),

        ["terminating"] = (Situation.Fine with { Deleting = true, Applied = null }, "Terminating Ready=False/Terminating Reconciling=True"),
        ["terminating, whatever else is wrong"] = (
            Situation.Fine with { Deleting = true, Tenant = null, Applied = null }, "Terminating Ready=False/Terminating Reconciling=True"),

        ["the namespace is no tenant's"] = (
            Situation.Fine with { Tenant = null, Applied = null, Deployment = null, Pods = [], Health = null },
            "Failed Ready=False/NotATenant Stalled=True/NotATenant"),
        ["the config became wrong, the old pods serve"] = (
            Situation.Fine with { Spec = """{"plugin":"twilio","config":[1]}""", Applied = null }, "Degraded Ready=False/ConfigInvalid Stalled=True/ConfigInvalid"),
        ["somebody's object stands in the way"] = (
            Situation.Fine with { Applied = new ApplyOutcome(0, Conflict: "Service twilio"), Deployment = null, Pods = [], Health = null },
            "Failed Ready=False/NameConflict Stalled=True/NameConflict"),
        ["the server refuses an object"] = (
            Situation.Fine with { Applied = new ApplyOutcome(1, Refused: "the API server refuses Ingress twilio: bad class"), Deployment = null, Pods = [], Health = null },
            "Failed Ready=False/ApplyFailed Stalled=True/ApplyFailed"),
        ["the server refuses an object, the old pods serve"] = (
            Situation.Fine with { Applied = new ApplyOutcome(1, Refused: "no") }, "Degraded Ready=False/ApplyFailed Stalled=True/ApplyFailed"),

        ["a secret is missing"] = (
            Situation.Fine with { Secrets = Missing, Applied = null, Deployment = null, Pods = [], Health = null },
            "Pending Ready=False/SecretNotFound Reconciling=True"),
        ["a secret went missing, the pods serve"] = (
            Situation.Fine with { Secrets = Missing, Applied = null }, "Degraded Ready=False/SecretNotFound Reconciling=True"),
        ["whether the secrets are there is not known"] = (
            Situation.Fine with { Secrets = Verdict.Unknown(ConditionReasons.VaultNotConfigured, "not asked") }, "Active Ready=True/Succeeded"),
        ["a dependency is missing"] = (
            Situation.Fine with { Dependencies = Unmet, Secrets = Missing, Applied = null, Deployment = null, Pods = [], Health = null },
            "Pending Ready=False/DependencyMissing Reconciling=True"),

        ["the container crashes from the start"] = (
            Situation.Fine with { Deployment = Situation.Rolling(), Pods = [Crashing], Health = null }, "Installing Ready=False/CrashLoopBackOff Reconciling=True"),
        ["the container crashes after it was up"] = (
            Situation.Fine with
            {
                Deployment = Situation.Rolling(),
                Pods = [Crashing],
                Health = null,
                Before = new TenantPluginStatus { Phase = PluginPhase.Active },
            },
            "Degraded Ready=False/CrashLoopBackOff Reconciling=True"),
        ["the new version crashes, the old one serves"] = (
            Situation.Fine with { Deployment = Situation.Rolling(oldReady: 1), Pods = [Crashing, Pods.Ready("twilio-0")] },
            "Degraded Ready=False/CrashLoopBackOff Reconciling=True"),
        ["pods cannot be made"] = (
            Situation.Fine with
            {
                Deployment = Situation.Rolling(conditions: new V1DeploymentCondition { Type = "ReplicaFailure", Status = "True", Reason = "FailedCreate", Message = "exceeded quota" }),
                Pods = [],
                Health = null,
            },
            "Installing Ready=False/QuotaExceeded Reconciling=True"),
        ["the roll-out is stuck, nothing serves"] = (
            Situation.Fine with { Deployment = Situation.Rolling(conditions: Situation.Stuck), Pods = [Crashing], Health = null },
            "Failed Ready=False/ProgressDeadlineExceeded Stalled=True/ProgressDeadlineExceeded"),
        ["the roll-out is stuck, the old pods serve"] = (
            Situation.Fine with { Deployment = Situation.Rolling(1, Situation.Stuck), Pods = [Crashing, Pods.Ready("twilio-0")] },
            "Degraded Ready=False/ProgressDeadlineExceeded Stalled=True/ProgressDeadlineExceeded"),
        ["an older roll-out was stuck, a new one has begun"] = (
            Situation.Fine with { Deployment = Situation.Rolling(conditions: Situation.Stuck) with { Generation = 5 }, Pods = [], Health = null },
            "Installing Ready=False/Progressing Reconciling=True"),

        ["the injector was down when the pod was made"] = (Situation.Fine with { Spec = Vault }, "Degraded Ready=False/InjectionMissing"),
        ["the injector was down, and the pod does not come up for it"] = (
            Situation.Fine with { Spec = Vault, Deployment = Situation.Rolling(), Pods = [Pods.NotReady()], Health = null },
            "Installing Ready=False/InjectionMissing Reconciling=True"),
        ["the pod has its agent"] = (Situation.Fine with { Spec = Vault, Pods = [Pods.Ready().Injected()] }, "Active Ready=True/Succeeded"),
    };

    public static TheoryData<string> Names { get; } = [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_phase_and_what_tools_wait_for_are_as_in_the_table(string name) => Table[name].Situation.Status().Line().Should().Be(Table[name].Line);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_condition_is_there_from_the_first_visit_with_its_generation_a_reason_and_a_message(string name)
    {
        var status = Table[name].Situation.Status();
        status.Conditions!.Select(static c => c.Type).Should().OnlyHaveUniqueItems().And.Contain(
            ["Ready", "ConfigValid", "DependenciesReady", "SecretsReady", "SecretsInjected", "Available", "Healthy"]);
        foreach (var condition in status.Conditions!)
        {
            condition.Status.Should().BeOneOf("True", "False", "Unknown");
            condition.Reason.Should().MatchRegex("^[A-Z][A-Za-z]+$", "{0}", condition.Type);
            condition.Message.Should().NotBeNull();
            condition.ObservedGeneration.Should().Be(3);
            condition.LastTransitionTime.Should().Be(Given.Now);
        }

        status.ObservedGeneration.Should().Be(3);
    }

    /// <summary>https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md: the two are there only while true, and never both.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void kstatus_reads_it(string name)
    {
        var status = Table[name].Situation.Status();
        status.Find("Reconciling")?.Status.Should().Be("True");
        status.Find("Stalled")?.Status.Should().Be("True");
        (status.Find("Reconciling") is not null && status.Find("Stalled") is not null).Should().BeFalse("something is either under way or stuck");
        if (status.Condition("Ready").Status == "True")
        {
            status.Find("Reconciling").Should().BeNull();
            status.Find("Stalled").Should().BeNull();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_calculated_once_is_calculated_again(string name)
    {
        // But for what the last phase tells: whether trouble is the first or not.
        var situation = Table[name].Situation;
        var first = situation.Status();
        if (situation.Before is null && situation.Health is not null)
        {
            (situation with { Before = first, Now = Given.Now.AddMinutes(1) }).Status().Should().BeEquivalentTo(first);
        }
    }
}
