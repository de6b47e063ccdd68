using DotMac.Kubernetes.Models;
using DotMac.Operator.Desired;

namespace DotMac.Operator.Health;

/// <summary>Says what keeps pods from running, and what to do. Pure.</summary>
internal static class PodDiagnosis
{
    private const int LongestDetail = 256;

    /// <summary>The first trouble found; null when there is none.</summary>
    public static string? Of(IEnumerable<V1Pod> pods) =>
        pods.Where(static pod => pod.Metadata.DeletionTimestamp is null).Select(OfPod).FirstOrDefault(static trouble => trouble is not null);

    /// <summary>Whether a pod takes traffic.</summary>
    public static bool IsReady(V1Pod pod) =>
        pod.Metadata.DeletionTimestamp is null && pod.Status?.Conditions?.Any(static c => c is { Type: "Ready", Status: "True" }) == true;

    /// <summary>How often the plugin's containers were started again.</summary>
    public static int Restarts(IEnumerable<V1Pod> pods) =>
        pods.Where(static pod => pod.Metadata.DeletionTimestamp is null)
            .Sum(static pod => pod.Status?.ContainerStatuses?.Where(static c => c.Name == DesiredDeployment.ContainerName).Sum(static c => c.RestartCount) ?? 0);

    private static string? OfPod(V1Pod pod)
    {
        var status = pod.Status;
        if (status?.Conditions?.FirstOrDefault(static c => c is { Type: "PodScheduled", Status: "False" }) is { } unscheduled)
        {
            return $"pod {pod.Metadata.Name} finds no node: {Cut(unscheduled.Message)}. Lower spec.resources.requests or add nodes";
        }

        foreach (var container in (status?.InitContainerStatuses ?? []).Concat(status?.ContainerStatuses ?? []))
        {
            if (OfContainer(pod, container) is { } trouble)
            {
                return trouble;
            }
        }

        return status?.Phase == "Failed" ? $"pod {pod.Metadata.Name} failed: {status.Reason} {Cut(status.Message)}".TrimEnd() : null;
    }

    private static string? OfContainer(V1Pod pod, V1ContainerStatus container)
    {
        var last = container.State?.Terminated ?? container.LastState?.Terminated;
        if (!container.Ready && last?.Reason == "OOMKilled")
        {
            return $"container {container.Name} of pod {pod.Metadata.Name} was killed for using more memory than its limit. Raise spec.resources.limits.memory";
        }

        return container.State?.Waiting switch
        {
            { Reason: "ImagePullBackOff" or "ErrImagePull" or "InvalidImageName" or "ErrImageNeverPull" } waiting =>
                $"the image {container.Image} of pod {pod.Metadata.Name} cannot be pulled ({waiting.Reason}): {Cut(waiting.Message)}. " +
                "Correct the image in the PluginDefinition, or give the nodes access to its registry",
            { Reason: "CrashLoopBackOff" } =>
                $"container {container.Name} of pod {pod.Metadata.Name} keeps exiting with code {last?.ExitCode.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"}. " +
                $"See kubectl logs -n {pod.Metadata.Namespace} {pod.Metadata.Name} -c {container.Name} --previous",
            { Reason: "CreateContainerConfigError" or "CreateContainerError" or "RunContainerError" } waiting =>
                $"container {container.Name} of pod {pod.Metadata.Name} cannot be made ({waiting.Reason}): {Cut(waiting.Message)}",
            _ => null,
        };
    }

    private static string Cut(string? text) =>
        text is null ? string.Empty : text.Length <= LongestDetail ? text.TrimEnd('.', ' ') : text[..LongestDetail] + "…";
}
