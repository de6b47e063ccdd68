using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Health;

/// <summary>
/// Says why a ReplicaSet cannot make pods, which its Deployment repeats as the condition ReplicaFailure, and what to do. The words are those
/// of the API server's admission plugins. Pure.
/// </summary>
internal static class ReplicaDiagnosis
{
    /// <summary>What keeps pods from being made; null when nothing does.</summary>
    public static PodTrouble? Of(V1DeploymentCondition? failure)
    {
        if (failure is not { Type: "ReplicaFailure", Status: "True" })
        {
            return null;
        }

        var message = failure.Message ?? string.Empty;
        var (reason, fix) = message switch
        {
            _ when Says(message, "exceeded quota") || Says(message, "failed quota") =>
                (ConditionReasons.QuotaExceeded, "Raise the ResourceQuota of the namespace, or lower spec.resources or spec.replicas"),
            _ when Says(message, "violates PodSecurity") =>
                (ConditionReasons.AdmissionDenied, "Pod Security forbids what Vault's agent or the sandbox asks for: see the labels pod-security.kubernetes.io of the namespace"),
            _ when Says(message, "usage per") || Says(message, "LimitRange") =>
                (ConditionReasons.AdmissionDenied, "A LimitRange of the namespace forbids it: correct spec.resources"),
            _ when Says(message, "admission webhook") || Says(message, "failed calling webhook") =>
                (ConditionReasons.AdmissionDenied, "See to the webhook that it names"),
            _ when Says(message, "is forbidden") => (ConditionReasons.AdmissionDenied, "The API server's admission refuses it"),
            _ => (ConditionReasons.PodsUnavailable, "Kubernetes tries again by itself"),
        };
        return new PodTrouble(reason, $"pods cannot be made ({failure.Reason}): {Excerpt.Of(message)}. {fix}");
    }

    private static bool Says(string message, string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
