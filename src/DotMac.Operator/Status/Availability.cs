using DotMac.Operator.Desired;
using DotMac.Operator.Health;
using DotMac.Operator.Reconciliation;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Status;

/// <summary>Whether the pods that are wanted are there. Pure.</summary>
internal static class Availability
{
    /// <summary>Judges.</summary>
    /// <param name="inputs">What is known.</param>
    /// <param name="trouble">What keeps pods from being made or from running.</param>
    public static Verdict Of(StatusInputs inputs, PodTrouble? trouble)
    {
        var wanted = inputs.WantedReplicas;
        if (wanted == 0)
        {
            return inputs.Evaluation.Effective.Enabled
                ? Verdict.False(ConditionReasons.PodsUnavailable, "spec.replicas is 0: raise it to have the plugin run")
                : Verdict.False(ConditionReasons.Deactivated, "The plugin is deactivated; set spec.enabled to true to have it run");
        }

        if (inputs.Observed.Deployment is not { } deployment)
        {
            return Verdict.Unknown(ConditionReasons.Pending, "There is no Deployment yet");
        }

        if (deployment.Condition("ReplicaFailure") is { Status: "True" } failure)
        {
            return Verdict.False(trouble?.Reason ?? ConditionReasons.PodsUnavailable, trouble?.Message ?? failure.Message ?? "Pods cannot be made");
        }

        if (deployment.IsCurrent && deployment.Condition("Progressing") is { Status: "False" } stuck)
        {
            return Verdict.False(
                ConditionReasons.ProgressDeadlineExceeded,
                $"The roll-out is stuck{(IsServing(deployment) ? "; the pods before it go on serving" : string.Empty)}: {trouble?.Message ?? stuck.Message}");
        }

        var status = deployment.Status;
        if (deployment.IsCurrent && status.UpdatedReplicas >= wanted && status.AvailableReplicas >= wanted && (status.Replicas ?? 0) <= wanted)
        {
            return Verdict.True(ConditionReasons.PodsAvailable, $"{status.AvailableReplicas} of {wanted} pods are available");
        }

        return Verdict.False(
            trouble?.Reason ?? ConditionReasons.Progressing,
            trouble?.Message ?? $"{status.UpdatedReplicas ?? 0} of {wanted} pods are up to date, {status.AvailableReplicas ?? 0} available{Restart(inputs)}");
    }

    private static string Restart(StatusInputs inputs) => RestartMark.Of(inputs.Plugin) is { } mark ? $"; restarted as asked for at {mark}" : string.Empty;

    /// <summary>Whether there is a pod, of whatever version, that takes calls.</summary>
    public static bool IsServing(ObservedDeployment? deployment) => deployment?.Status.ReadyReplicas > 0;
}
