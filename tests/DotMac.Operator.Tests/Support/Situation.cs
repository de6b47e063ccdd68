using DotMac.Kubernetes.Models;
using DotMac.Operator.Applying;
using DotMac.Operator.Health;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Status;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Support;

/// <summary>A moment in the life of a plugin, told in words; its status is calculated from it.</summary>
internal sealed record Situation
{
    public string Spec { get; init; } = """{"plugin":"twilio"}""";

    public string? Tenant { get; init; } = Given.Tenant;

    public bool Deleting { get; init; }

    public TenantPluginStatus? Before { get; init; }

    public long Generation { get; init; } = 3;

    public Verdict Dependencies { get; init; } = Verdict.True(ConditionReasons.NoDependencies, "none");

    public Verdict Secrets { get; init; } = Verdict.True(ConditionReasons.NoSecrets, "none");

    public ApplyOutcome? Applied { get; init; } = new(0);

    public ObservedDeployment? Deployment { get; init; } = Rolled();

    public IReadOnlyList<V1Pod> Pods { get; init; } = [Support.Pods.Ready()];

    public HealthSnapshot? Health { get; init; } = Answer();

    public IReadOnlyList<Corev1Event> Warnings { get; init; } = [];

    public ResourceUsage? Usage { get; init; }

    public DateTimeOffset Now { get; init; } = Given.Now;

    /// <summary>All is well.</summary>
    public static Situation Fine { get; } = new();

    /// <summary>The Deployment is as wanted and its pods are there.</summary>
    public static ObservedDeployment Rolled(int pods = 1) => new(
        4, new V1DeploymentStatus { ObservedGeneration = 4, Replicas = pods, UpdatedReplicas = pods, ReadyReplicas = pods, AvailableReplicas = pods });

    /// <summary>The new pods are not ready; the old ones may be.</summary>
    public static ObservedDeployment Rolling(int oldReady = 0, params V1DeploymentCondition[] conditions) => new(
        4,
        new V1DeploymentStatus
        {
            ObservedGeneration = 4,
            Replicas = oldReady + 1,
            UpdatedReplicas = 1,
            ReadyReplicas = oldReady,
            AvailableReplicas = oldReady,
            Conditions = conditions,
        });

    public static V1DeploymentCondition Stuck { get; } =
        new() { Type = "Progressing", Status = "False", Reason = "ProgressDeadlineExceeded", Message = "ReplicaSet has timed out progressing." };

    public static HealthSnapshot Answer(HealthState state = HealthState.Healthy, string message = "", bool failed = false) => new(
        state,
        message,
        [new PluginCheck("credentials", state, message)],
        ApiCalls: 1042,
        ApiErrors: 3,
        new RecentUsage(1042, 3, new LatencyHistogram([10, 100], [50, 50, 0], 3000)),
        Given.Now.AddHours(-1),
        Given.Now,
        failed);

    public TenantPluginStatus Status()
    {
        var plugin = Given.Plugin(Spec);
        plugin.Metadata.Generation = Generation;
        plugin.Metadata.DeletionTimestamp = Deleting ? Now : null;
        plugin.Status = Before;
        return StatusCalculator.Of(new StatusInputs(
            plugin, Given.Evaluation(plugin, tenant: Tenant), Dependencies, Secrets, Applied, new Observed(Deployment, Pods, Health) { Warnings = Warnings, Usage = Usage }, Now));
    }
}
