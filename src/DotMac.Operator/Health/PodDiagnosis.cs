using System.Globalization;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Desired;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Health;

/// <summary>Says what keeps pods from running, and what to do. Pure.</summary>
internal static class PodDiagnosis
{
    /// <summary>A container that ended and came back is told of for so long: otherwise nobody would ever see it.</summary>
    public static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(30);

    // A container that is up again and not ready yet has its end for an explanation for so long; then something else keeps it.
    private static readonly TimeSpan Startup = TimeSpan.FromMinutes(2);

    // A kubelet that is busy often fails at the first attempt, because it has not read a ConfigMap or a network yet, and succeeds at the second a moment later.
    private const int WarningsThatCount = 2;

    /// <summary>The worst trouble found; null when there is none.</summary>
    /// <param name="pods">The plugin's pods, those that are going included: they are no trouble.</param>
    /// <param name="events">Warnings about them.</param>
    /// <param name="now">The time.</param>
    public static PodTrouble? Of(IEnumerable<V1Pod> pods, IReadOnlyList<Corev1Event> events, DateTimeOffset now) =>
        pods.Where(static pod => pod.Metadata.DeletionTimestamp is null)
            .OrderBy(static pod => pod.Metadata.Name, StringComparer.Ordinal)
            .Select(pod => OfPod(pod, events, now))
            .OfType<PodTrouble>()
            .OrderBy(static trouble => trouble.Until is not null)
            .FirstOrDefault();

    /// <summary>Whether a pod takes traffic.</summary>
    public static bool IsReady(V1Pod pod) =>
        pod.Metadata.DeletionTimestamp is null && pod.Status?.Conditions?.Any(static c => c is { Type: "Ready", Status: "True" }) == true;

    /// <summary>How often the plugin's containers were started again.</summary>
    public static int Restarts(IEnumerable<V1Pod> pods) =>
        pods.Where(static pod => pod.Metadata.DeletionTimestamp is null)
            .Sum(static pod => pod.Status?.ContainerStatuses?.Where(static c => c.Name == DesiredDeployment.ContainerName).Sum(static c => c.RestartCount) ?? 0);

    private static PodTrouble? OfPod(V1Pod pod, IReadOnlyList<Corev1Event> events, DateTimeOffset now)
    {
        var status = pod.Status;
        if (status?.Conditions?.FirstOrDefault(static c => c is { Type: "PodScheduled", Status: "False" }) is { } unscheduled)
        {
            return new PodTrouble(
                ConditionReasons.Unschedulable,
                $"pod {pod.Metadata.Name} finds no node: {Excerpt.Of(unscheduled.Message)}. Lower spec.resources.requests or add nodes");
        }

        foreach (var container in (status?.InitContainerStatuses ?? []).Concat(status?.ContainerStatuses ?? []))
        {
            if (OfContainer(pod, container, now) is { } trouble)
            {
                return trouble;
            }
        }

        return status?.Phase == "Failed"
            ? new PodTrouble(ConditionReasons.PodFailed, $"pod {pod.Metadata.Name} failed: {status.Reason} {Excerpt.Of(status.Message)}".TrimEnd())
            : OfSetUp(pod, events);
    }

    private static PodTrouble? OfContainer(V1Pod pod, V1ContainerStatus container, DateTimeOffset now) => container.State?.Waiting switch
    {
        { Reason: "ImagePullBackOff" or "ErrImagePull" or "InvalidImageName" or "ErrImageNeverPull" } waiting => new PodTrouble(
            ConditionReasons.ImagePullFailed,
            $"the image {Excerpt.Of(container.Image)} of pod {pod.Metadata.Name} cannot be pulled ({waiting.Reason}): {Excerpt.Of(waiting.Message)}. " +
            "Correct the image in the PluginDefinition, or give the nodes access to its registry"),
        { Reason: "CreateContainerConfigError" or "CreateContainerError" or "RunContainerError" } waiting => new PodTrouble(
            ConditionReasons.ContainerNotCreated,
            $"container {container.Name} of pod {pod.Metadata.Name} cannot be made ({waiting.Reason}): {Excerpt.Of(waiting.Message)}"),
        var waiting => OfEnd(pod, container, waiting?.Reason == "CrashLoopBackOff", now),
    };

    private static PodTrouble? OfEnd(V1Pod pod, V1ContainerStatus container, bool loops, DateTimeOffset now)
    {
        var last = container.State?.Terminated ?? container.LastState?.Terminated;
        var where = $"container {container.Name} of pod {pod.Metadata.Name}";
        var since = now - (last?.FinishedAt ?? DateTimeOffset.MinValue);
        if (!loops && (last is null or { ExitCode: 0 } || since >= (container.Ready ? Aftermath : Startup)))
        {
            return null;
        }

        // What is over is told of for a while, and no longer.
        DateTimeOffset? until = container.Ready ? last!.FinishedAt + Aftermath : container.State?.Running is not null ? last!.FinishedAt + Startup : null;
        if (last?.Reason == "OOMKilled")
        {
            return new PodTrouble(
                ConditionReasons.OOMKilled, $"{where} was killed for using more memory than its limit. Raise spec.resources.limits.memory", until);
        }

        var logs = $"See kubectl logs -n {pod.Metadata.Namespace} {pod.Metadata.Name} -c {container.Name} --previous";
        var code = last?.ExitCode.ToString(CultureInfo.InvariantCulture) ?? "?";
        return loops
            ? new PodTrouble(ConditionReasons.CrashLoopBackOff, $"{where} keeps exiting with code {code}. {logs}")
            : new PodTrouble(ConditionReasons.ContainerRestarted, $"{where} exited with code {code}{Signal(last!.ExitCode)} and is started again. {logs}", until);
    }

    // A shell's convention that container runtimes follow: 128 and the number of the signal.
    private static string Signal(int code) => code switch
    {
        137 => " (killed)",
        143 => " (terminated)",
        139 => " (segmentation fault)",
        134 => " (aborted)",
        _ => string.Empty,
    };

    // Between the scheduler's word and the first container's only events tell what goes wrong.
    private static PodTrouble? OfSetUp(V1Pod pod, IReadOnlyList<Corev1Event> events)
    {
        if (pod.Status?.Phase != "Pending" || events.Count == 0
            || !(pod.Status.InitContainerStatuses ?? []).Concat(pod.Status.ContainerStatuses ?? []).All(static c => c.State?.Running is null && c.State?.Terminated is null))
        {
            return null;
        }

        var warnings = events.Where(e => e.InvolvedObject?.Uid == pod.Metadata.Uid).ToList();
        if (warnings.Sum(static e => Math.Max(e.Count ?? 1, 1)) < WarningsThatCount)
        {
            return null;
        }

        var last = warnings.MaxBy(PodEvents.TimeOf)!;
        return last.Reason switch
        {
            "FailedMount" or "FailedAttachVolume" => new PodTrouble(
                ConditionReasons.VolumeMountFailed,
                $"pod {pod.Metadata.Name} waits for a volume ({last.Reason}): {Excerpt.Of(last.Message)}. Make what it names, a Secret or ConfigMap for example; the kubelet tries again by itself"),
            _ => new PodTrouble(
                ConditionReasons.SandboxFailed,
                $"pod {pod.Metadata.Name} cannot be set up on its node ({Excerpt.Of(last.Reason)}): {Excerpt.Of(last.Message)}. See to the node, its network plugin and spec.sandbox.runtimeClassName"),
        };
    }
}
