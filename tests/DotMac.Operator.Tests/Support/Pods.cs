using DotMac.Kubernetes.Models;
using DotMac.Operator.Health;

namespace DotMac.Operator.Tests.Support;

/// <summary>Pods of a plugin in every state.</summary>
internal static class Pods
{
    public static V1Pod Ready(string name = "twilio-1", int restarts = 0, string? imageId = null, string? version = "1") => With(
        name,
        new V1ContainerStatus
        {
            Name = "plugin",
            Ready = true,
            RestartCount = restarts,
            ImageID = imageId,
            State = new V1ContainerState { Running = new V1ContainerStateRunning() },
        },
        "True",
        version);

    public static V1Pod NotReady(string name = "twilio-1", string? version = "1") => With(
        name, new V1ContainerStatus { Name = "plugin", State = new V1ContainerState { Running = new V1ContainerStateRunning() } }, version: version);

    public static V1Pod Waiting(string reason, string? message = null, V1ContainerStateTerminated? last = null, string image = "example/plugin:1") => With(
        "twilio-1",
        new V1ContainerStatus
        {
            Name = "plugin",
            Image = image,
            State = new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = reason, Message = message } },
            LastState = last is null ? null : new V1ContainerState { Terminated = last },
        });

    public static V1Pod Unschedulable(string message)
    {
        var pod = NotReady();
        pod.Status = new V1PodStatus
        {
            Phase = "Pending",
            Conditions = [new V1PodCondition { Type = "PodScheduled", Status = "False", Reason = "Unschedulable", Message = message }],
        };
        return pod;
    }

    public static V1Pod With(string name, V1ContainerStatus container, string ready = "False", string? version = "1") => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Namespace = Given.Namespace, Uid = $"uid-{name}", ResourceVersion = version },
        Spec = new V1PodSpec { ServiceAccountName = "twilio" },
        Status = new V1PodStatus
        {
            Phase = "Running",
            PodIP = "10.0.0.1",
            Conditions = [new V1PodCondition { Type = "Ready", Status = ready }],
            ContainerStatuses = [container],
        },
    };

    /// <summary>The pod, on its way out.</summary>
    public static V1Pod Leaving(this V1Pod pod)
    {
        pod.Metadata.DeletionTimestamp = Given.Now;
        return pod;
    }

    /// <summary>The pod, with the agent that the operator adds itself.</summary>
    public static V1Pod WithAgent(this V1Pod pod)
    {
        pod.Status!.ContainerStatuses = [.. pod.Status.ContainerStatuses!, new V1ContainerStatus { Name = "vault-agent", Ready = true }];
        return pod;
    }

    /// <summary>The pod, with Vault's agent or with what the injector left instead.</summary>
    public static V1Pod Injected(this V1Pod pod, string status = "injected")
    {
        pod.Metadata.Annotations = new Dictionary<string, string> { [PluginPods.InjectStatus] = status };
        return pod;
    }
}
