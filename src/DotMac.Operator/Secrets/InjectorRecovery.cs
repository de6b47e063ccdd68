using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Events;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Auditing;
using DotMac.Operator.Diagnostics;
using DotMac.Operator.Health;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Secrets;

/// <summary>
/// Makes pods anew that were made while Vault's injector was down: it looks at pods when they are made and never again. Whether it is back is
/// asked of the API server, by a pod that is never stored; pods go by eviction, so that a disruption budget is heeded.
/// </summary>
internal sealed class InjectorRecovery(IKubernetesClient client, IEventRecorder events, TimeProvider clock, ILogger<InjectorRecovery> logger, PluginAudit? audit = null)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(20);

    // A pod that was made anew and still lacks the agent shows that the probe is no guide here: slower then, or it would go on for ever.
    private static readonly TimeSpan AfterEviction = TimeSpan.FromMinutes(2);

    private const string AsksForAgent = "vault.hashicorp.com/agent-inject";

    private readonly ConcurrentDictionary<ObjectKey, DateTimeOffset> _notBefore = new();

    /// <summary>The pods that were made without the agent that their template asks for.</summary>
    public static IReadOnlyList<V1Pod> Without(IEnumerable<V1Pod> pods) =>
        [.. pods.Where(static p => p.Metadata.DeletionTimestamp is null
            && (p.Metadata.Annotations?.TryGetValue(PluginPods.InjectStatus, out var status) != true || status != "injected"))];

    /// <summary>Evicts one of the pods if its successor would get the agent.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="deployment">Its Deployment.</param>
    /// <param name="pods">Its pods.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When to look again; null when every pod has its agent.</returns>
    public async Task<TimeSpan?> RecoverAsync(TenantPlugin plugin, Unstructured deployment, IReadOnlyList<V1Pod> pods, CancellationToken cancellationToken)
    {
        var key = ObjectKey.Of(plugin);
        var without = Without(pods);
        if (without.Count == 0)
        {
            _notBefore.TryRemove(key, out _);
            return null;
        }

        var now = clock.GetUtcNow();
        if (_notBefore.TryGetValue(key, out var due) && now < due)
        {
            return due - now;
        }

        var wait = LookAgain;
        if (await WouldInjectAsync(deployment, cancellationToken) && await FirstThatAsksAsync(without, cancellationToken) is { } pod)
        {
            if (await EvictAsync(pod, cancellationToken))
            {
                OperatorMetrics.PodsRecreated.Add(1);
                events.Normal(plugin, "PodRecreated", "RecreatePod", $"Pod {pod.Metadata.Name} was made without Vault's agent; the injector is back, and the pod is made anew");
                if (audit is not null)
                {
                    await audit.DidAsync(plugin, AuditOperations.RecreatePod, "InjectionMissing", $"Pod {pod.Metadata.Name} lacked Vault's agent and was evicted", cancellationToken);
                }

                wait = AfterEviction;
            }
            else
            {
                logger.LogInformation("Pod {Pod} of {Plugin} lacks Vault's agent and cannot go now: a disruption budget protects it, or the operator may not evict it", pod.Metadata.Name, key);
            }
        }

        _notBefore[key] = now + wait;
        return wait;
    }

    /// <summary>Forgets a plugin that is gone.</summary>
    public void Forget(ObjectKey plugin) => _notBefore.TryRemove(plugin, out _);

    private async Task<bool> WouldInjectAsync(Unstructured deployment, CancellationToken cancellationToken)
    {
        using var body = deployment.ParseBody();
        if (!body.RootElement.TryGetProperty("spec", out var spec) || !spec.TryGetProperty("template", out var template))
        {
            return false;
        }

        var pod = JsonObject.Create(template)!;
        pod["apiVersion"] = "v1";
        pod["kind"] = "Pod";
        var metadata = pod["metadata"] as JsonObject ?? [];
        metadata.Remove("creationTimestamp");
        metadata["generateName"] = $"{deployment.Metadata.Name}-";
        pod["metadata"] = metadata;
        try
        {
            var answer = await client.PostRawAsync(
                $"api/v1/namespaces/{Uri.EscapeDataString(deployment.Metadata.Namespace!)}/pods?dryRun=All", pod, cancellationToken: cancellationToken);
            return Annotation(answer, PluginPods.InjectStatus) == "injected";
        }
        catch (ApiException e)
        {
            // Refused by the injector, by a quota, or not allowed: the successor would fare no better.
            logger.LogInformation("Whether Vault's injector is back cannot be told from namespace {Namespace}: {Reason}", deployment.Metadata.Namespace, e.Message);
            return false;
        }
    }

    // A pod that was made before its template asked for the agent lacks nothing: it serves until the roll-out has a successor for it. The
    // cache holds too little of a pod to tell.
    private async Task<V1Pod?> FirstThatAsksAsync(IReadOnlyList<V1Pod> pods, CancellationToken cancellationToken)
    {
        foreach (var pod in pods)
        {
            try
            {
                if (Annotation(await client.GetRawAsync(PathOf(pod), cancellationToken: cancellationToken), AsksForAgent) == "true")
                {
                    return pod;
                }
            }
            catch (ApiException e) when (e.IsNotFound)
            {
                // Gone by now.
            }
        }

        return null;
    }

    private async Task<bool> EvictAsync(V1Pod pod, CancellationToken cancellationToken)
    {
        var path = PathOf(pod) + "/eviction";

        // policy/v1 from Kubernetes 1.22 on; what a server does not know it calls a bad request.
        foreach (var version in new[] { "policy/v1", "policy/v1beta1" })
        {
            var eviction = new JsonObject
            {
                ["apiVersion"] = version,
                ["kind"] = "Eviction",
                ["metadata"] = new JsonObject { ["name"] = pod.Metadata.Name, ["namespace"] = pod.Metadata.Namespace },
                ["deleteOptions"] = new JsonObject { ["preconditions"] = new JsonObject { ["uid"] = pod.Metadata.Uid } },
            };
            try
            {
                await client.PostRawAsync(path, eviction, cancellationToken: cancellationToken);
                return true;
            }
            catch (ApiException e) when (e.Code == HttpStatusCode.BadRequest && version == "policy/v1")
            {
                continue;
            }
            catch (ApiException e) when (e.IsNotFound || e.IsConflict)
            {
                // Gone, or another pod by now.
                return true;
            }
            catch (ApiException e) when (e.Code == HttpStatusCode.TooManyRequests || e.IsForbidden)
            {
                return false;
            }
        }

        return false;
    }

    private static string? Annotation(byte[] pod, string name) =>
        JsonNode.Parse(pod)?["metadata"]?["annotations"]?[name] is { } value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static string PathOf(V1Pod pod) =>
        $"api/v1/namespaces/{Uri.EscapeDataString(pod.Metadata.Namespace!)}/pods/{Uri.EscapeDataString(pod.Metadata.Name!)}";
}
