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
    public static TenantPluginStatus Of(StatusInputs inputs)
    {
        var evaluation = inputs.Evaluation;
        var wanted = inputs.WantedReplicas;
        var ready = inputs.Observed.Deployment?.Status.ReadyReplicas ?? 0;
        var trouble = inputs.Observed.Trouble(inputs.Now);
        var available = Availability.Of(inputs, trouble);
        var health = HealthView.Of(inputs, trouble, available.IsTrue);
        var injected = SecretsInjected(inputs);
        var verdicts = new Verdicts(evaluation.Config, inputs.Dependencies, inputs.Secrets, injected, available, health);
        var summary = Summary.Of(inputs, verdicts);
        var status = new TenantPluginStatus
        {
            ObservedGeneration = inputs.Plugin.Metadata.Generation,
            Phase = summary.Phase,
            Tenant = evaluation.Tenant,
            Version = evaluation.Effective.Version is { Length: > 0 } version ? version : null,
            Image = RunningImage(inputs) ?? evaluation.Effective.Image,
            CurrentRevision = inputs.Rollout.Current,
            Rollout = inputs.Rollout.Rollout,
            Rollback = inputs.Rollout.Rollback,
            AvailableVersions = evaluation.AvailableVersions.Count == 0 ? null : [.. evaluation.AvailableVersions],
            Replicas = wanted,
            ReadyReplicas = ready,
            Ready = string.Create(CultureInfo.InvariantCulture, $"{ready}/{wanted}"),
            Health = HealthOf(health, inputs),
            Metrics = MetricsOf(inputs),
        };
        var before = inputs.Plugin.Status?.Conditions ?? [];
        status.Conditions = [.. Conditions(inputs, verdicts, summary).Select(c => Condition(c.Type, c.Verdict, before, inputs))];
        return status;
    }

    private static IEnumerable<(string Type, Verdict Verdict)> Conditions(StatusInputs inputs, Verdicts verdicts, Summary summary)
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

        if (inputs.Pause is { } pause)
        {
            yield return (ConditionTypes.Paused, pause.Verdict);
        }

        if (inputs.Evaluation.Effective.CallerAuthentication == CallerAuthentication.None)
        {
            yield return (
                ConditionTypes.CallersAuthenticated,
                Verdict.False(
                    ConditionReasons.CallerAuthenticationOff,
                    "/spec/callerAuthentication is None: whoever reaches the plugin's port may call it. Set it to Token unless something in front of the plugin knows the callers"));
        }

        yield return (ConditionTypes.ConfigValid, verdicts.Config);
        yield return (ConditionTypes.DependenciesReady, verdicts.Dependencies);
        yield return (ConditionTypes.SecretsReady, verdicts.Secrets);
        yield return (ConditionTypes.SecretsInjected, verdicts.Injected);
        yield return (ConditionTypes.Available, verdicts.Available);
        yield return (ConditionTypes.Healthy, verdicts.Health.Verdict);
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

    private static TenantPluginHealth HealthOf(HealthView health, StatusInputs inputs) => new()
    {
        State = health.State,
        CheckedAt = health.CheckedAt is { } time ? Timestamps.WholeSeconds(time) : null,
        HandledCheckAt = inputs.Observed.Health?.HandledCheck ?? inputs.Plugin.Status?.Health?.HandledCheckAt,
        Message = health.State == HealthState.Healthy || health.CheckedAt is null && health.State == HealthState.Unknown ? null : NullIfEmpty(health.Message),
        Checks = health.CheckedAt is null ? null : [.. health.Checks.Select(static c => new TenantPluginHealthCheck { Name = c.Name, State = c.State, Message = NullIfEmpty(c.Message) })],
    };

    private static TenantPluginMetrics? MetricsOf(StatusInputs inputs)
    {
        var before = inputs.Plugin.Status?.Metrics;
        var restarts = PodDiagnosis.Restarts(inputs.Observed.Pods);
        var metrics = new TenantPluginMetrics
        {
            Restarts = inputs.Observed.Pods.Count == 0 ? before?.Restarts : restarts,
            Memory = inputs.Observed.Usage?.Memory(before?.Memory),
            Cpu = inputs.Observed.Usage?.Cpu(before?.Cpu),
        };
        if (inputs.Observed.Health is { } health)
        {
            metrics.ApiCalls = health.ApiCalls;
            metrics.ApiErrors = health.ApiErrors;
            metrics.ErrorRatePercent = Percent(health.Recent.Errors, health.Recent.Calls);
            metrics.LatencyP50Milliseconds = Milliseconds(health.Recent.Latency, 50);
            metrics.LatencyP95Milliseconds = Milliseconds(health.Recent.Latency, 95);
            metrics.StartedAt = health.StartedAt is { } started ? Timestamps.WholeSeconds(started) : null;
        }
        else if (before is not null)
        {
            // The last numbers stay while nobody can be asked: they are what is known.
            metrics.ApiCalls = before.ApiCalls;
            metrics.ApiErrors = before.ApiErrors;
            metrics.ErrorRatePercent = before.ErrorRatePercent;
            metrics.LatencyP50Milliseconds = before.LatencyP50Milliseconds;
            metrics.LatencyP95Milliseconds = before.LatencyP95Milliseconds;
            metrics.StartedAt = before.StartedAt;
        }
        else if (restarts == 0)
        {
            return null;
        }

        // Since when they stand: numbers that are the same are no newer for having been read again.
        metrics.ObservedAt = before is not null && SameNumbers(before, metrics) ? before.ObservedAt : Timestamps.WholeSeconds(inputs.Now);
        return metrics;
    }

    private static bool SameNumbers(TenantPluginMetrics before, TenantPluginMetrics after) =>
        before.ApiCalls == after.ApiCalls
        && before.ApiErrors == after.ApiErrors
        && before.ErrorRatePercent == after.ErrorRatePercent
        && before.LatencyP50Milliseconds == after.LatencyP50Milliseconds
        && before.LatencyP95Milliseconds == after.LatencyP95Milliseconds
        && before.StartedAt == after.StartedAt
        && before.Restarts == after.Restarts
        && before.Memory == after.Memory
        && before.Cpu == after.Cpu;

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
