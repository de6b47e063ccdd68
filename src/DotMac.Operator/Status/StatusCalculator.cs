using System.Globalization;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Health;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Secrets;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Status;

/// <summary>What the status should say. Pure.</summary>
internal static class StatusCalculator
{
    /// <summary>Calculates the whole status.</summary>
    public static TenantPluginStatus Of(StatusInputs observed)
    {
        var inputs = observed with { Observed = observed.Observed with { Health = observed.Observed.Health ?? Remembered(observed) } };
        var evaluation = inputs.Evaluation;
        var wanted = evaluation.Effective.WantedReplicas;
        var ready = inputs.Observed.Deployment?.Status.ReadyReplicas ?? 0;
        var available = Availability.Of(inputs);
        var healthy = Healthy(inputs);
        var injected = SecretsInjected(inputs);
        var verdicts = new Verdicts(evaluation.Config, inputs.Dependencies, inputs.Secrets, injected, available, healthy);
        var summary = Summary.Of(inputs, verdicts);
        var status = new TenantPluginStatus
        {
            ObservedGeneration = inputs.Plugin.Metadata.Generation,
            Phase = summary.Phase,
            Tenant = evaluation.Tenant,
            Version = evaluation.Effective.Version is { Length: > 0 } version ? version : null,
            Image = RunningImage(inputs) ?? evaluation.Effective.Image,
            Replicas = wanted,
            ReadyReplicas = ready,
            Ready = string.Create(CultureInfo.InvariantCulture, $"{ready}/{wanted}"),
            Health = HealthOf(inputs),
            Metrics = MetricsOf(observed),
        };
        var before = inputs.Plugin.Status?.Conditions ?? [];
        status.Conditions = [.. Conditions(verdicts, summary).Select(c => Condition(c.Type, c.Verdict, before, inputs))];
        return status;
    }

    private static IEnumerable<(string Type, Verdict Verdict)> Conditions(Verdicts verdicts, Summary summary)
    {
        yield return (ConditionTypes.Ready, summary.Ready);

        // Present only while true: that is how kstatus reads these two.
        if (summary.Reconciling is { } reconciling)
        {
            yield return (ConditionTypes.Reconciling, reconciling);
        }

        if (summary.Stalled is { } stalled)
        {
            yield return (ConditionTypes.Stalled, stalled);
        }

        yield return (ConditionTypes.ConfigValid, verdicts.Config);
        yield return (ConditionTypes.DependenciesReady, verdicts.Dependencies);
        yield return (ConditionTypes.SecretsReady, verdicts.Secrets);
        yield return (ConditionTypes.SecretsInjected, verdicts.Injected);
        yield return (ConditionTypes.Available, verdicts.Available);
        yield return (ConditionTypes.Healthy, verdicts.Healthy);
    }

    private static V1Condition Condition(string type, Verdict verdict, IEnumerable<V1Condition> before, StatusInputs inputs)
    {
        var previous = before.FirstOrDefault(c => c.Type == type);
        return new V1Condition
        {
            Type = type,
            Status = verdict.Status,
            Reason = verdict.Reason,
            Message = verdict.Message,
            ObservedGeneration = inputs.Plugin.Metadata.Generation,

            // Whole seconds: that is all that the API keeps, and what is kept must equal what is calculated.
            LastTransitionTime = previous?.Status == verdict.Status && previous.LastTransitionTime is { } since ? since : Timestamps.WholeSeconds(inputs.Now),
        };
    }

    private static Verdict SecretsInjected(StatusInputs inputs)
    {
        var evaluation = inputs.Evaluation;
        if (!evaluation.RefersToVault)
        {
            return Verdict.True(ConditionReasons.NoSecrets, "The config has no reference to Vault");
        }

        if (evaluation.Effective.VaultInjection == VaultInjection.None)
        {
            return Verdict.True(ConditionReasons.NoSecrets, "spec.vault.injection is None: the plugin gets its secrets itself");
        }

        var pods = inputs.Observed.Pods.Where(static p => p.Metadata.DeletionTimestamp is null).ToList();
        if (pods.Count == 0)
        {
            return Verdict.Unknown(ConditionReasons.NoPods, "There is no pod to look at");
        }

        if (evaluation.Effective.VaultInjection == VaultInjection.Sidecar)
        {
            var before = evaluation.Effective.Rotation != RotationMode.Reload ? null : pods.FirstOrDefault(static p => p.Status?.ContainerStatuses is { Count: > 0 } containers
                && containers.All(static c => c.Name != Desired.AgentSidecar.Name));
            return before is null
                ? Verdict.True(ConditionReasons.Injected, "The operator gives every pod Vault's agent")
                : Verdict.Unknown(ConditionReasons.Pending, $"Pod {before.Metadata.Name} was made before the operator gave pods Vault's agent, and is being replaced");
        }

        var without = InjectorRecovery.Without(pods) is [var first, ..] ? first : null;
        return without is null
            ? Verdict.True(ConditionReasons.Injected, "Every pod has Vault's agent")
            : Verdict.False(
                ConditionReasons.InjectionMissing,
                $"Pod {without.Metadata.Name} was made without Vault's agent: the injector was not there or refused. " +
                "Once the injector answers again the operator makes the pod anew; see whether its webhook runs: kubectl get pods -A -l app.kubernetes.io/name=vault-agent-injector");
    }

    private static Verdict Healthy(StatusInputs inputs)
    {
        if (!inputs.Evaluation.Effective.Enabled)
        {
            return Verdict.Unknown(ConditionReasons.Deactivated, "The plugin is deactivated");
        }

        return inputs.Observed.Health switch
        {
            null when !inputs.Observed.Pods.Any(PodDiagnosis.IsReady) => Verdict.Unknown(ConditionReasons.NoPods, "No pod is ready to be asked"),
            null => Verdict.Unknown(ConditionReasons.Pending, "The plugin has not been asked yet"),
            { State: HealthState.Healthy } => Verdict.True(ConditionReasons.ChecksPassed, "The plugin says that all is well"),
            { State: HealthState.Degraded } health => Verdict.False(ConditionReasons.ChecksDegraded, health.Message),
            { State: HealthState.Unknown } health => Verdict.Unknown(ConditionReasons.Pending, health.Message),
            { Failed: true } health => Verdict.False(ConditionReasons.ProbeFailed, health.Message),
            var health => Verdict.False(ConditionReasons.ChecksFailed, health.Message),
        };
    }

    // An operator that has just started has asked nobody yet. What the plugin said last stands in the status, and stands until it is asked
    // again: a restart of the operator is no news of the plugin.
    private static HealthSnapshot? Remembered(StatusInputs inputs)
    {
        var status = inputs.Plugin.Status;
        if (status?.Health is not { State: HealthState.Healthy or HealthState.Degraded or HealthState.Unhealthy } health
            || !inputs.Observed.Pods.Any(PodDiagnosis.IsReady))
        {
            return null;
        }

        return new HealthSnapshot(
            health.State.Value,
            health.Message ?? string.Empty,
            [.. (health.Checks ?? []).Select(static c => new PluginCheck(c.Name, c.State ?? HealthState.Unknown, c.Message))],
            ApiCalls: 0,
            ApiErrors: 0,
            Latency: null,
            StartedAt: null,
            health.CheckedAt ?? inputs.Now,
            Failed: status.Conditions?.Any(static c => c is { Type: ConditionTypes.Healthy, Reason: ConditionReasons.ProbeFailed }) == true);
    }

    private static TenantPluginHealth HealthOf(StatusInputs inputs)
    {
        if (inputs.Observed.Health is not { } health || !inputs.Evaluation.Effective.Enabled)
        {
            return new TenantPluginHealth { State = HealthState.Unknown };
        }

        return new TenantPluginHealth
        {
            State = health.State,
            CheckedAt = Timestamps.WholeSeconds(health.CheckedAt),
            Message = NullIfEmpty(health.Message),
            Checks = [.. health.Checks.Select(static c => new TenantPluginHealthCheck { Name = c.Name, State = c.State, Message = NullIfEmpty(c.Message) })],
        };
    }

    private static TenantPluginMetrics? MetricsOf(StatusInputs inputs)
    {
        if (inputs.Observed.Health is not { } health)
        {
            // The last numbers stay while nobody can be asked: they are what is known.
            return inputs.Plugin.Status?.Metrics;
        }

        return new TenantPluginMetrics
        {
            ApiCalls = health.ApiCalls,
            ApiErrors = health.ApiErrors,
            ErrorRatePercent = Percent(health.ApiErrors, health.ApiCalls),
            LatencyP50Milliseconds = Milliseconds(health.Latency, 50),
            LatencyP95Milliseconds = Milliseconds(health.Latency, 95),
            StartedAt = health.StartedAt is { } started ? Timestamps.WholeSeconds(started) : null,
            Restarts = PodDiagnosis.Restarts(inputs.Observed.Pods),
            ObservedAt = Timestamps.WholeSeconds(health.CheckedAt),
        };
    }

    // Nothing to say is not said: it is shorter, and a server built with a newer Go than its own time takes "" for null and refuses it.
    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string Percent(long part, long whole) => whole <= 0
        ? "0.00"
        : (Math.Min(part, whole) * 100m / whole).ToString("0.00", CultureInfo.InvariantCulture);

    private static long? Milliseconds(LatencyHistogram? latency, double percentile) =>
        latency?.Percentile(percentile) is { } value ? (long)Math.Ceiling(value) : null;

    // The digest says what really runs; a tag only says what was asked for.
    private static string? RunningImage(StatusInputs inputs) =>
        inputs.Observed.Pods
            .Where(PodDiagnosis.IsReady)
            .SelectMany(static p => p.Status?.ContainerStatuses ?? [])
            .Where(static c => c.Name == Desired.DesiredDeployment.ContainerName)
            .Select(static c => c.ImageID)
            .FirstOrDefault(static id => id?.Contains("@sha256:", StringComparison.Ordinal) == true);

}
