using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Health;
using DotMac.Plugins.Sdk.Lifecycle;
using DotMac.Plugins.Sdk.Metrics;
using Microsoft.AspNetCore.Http;

namespace DotMac.Plugins.Sdk.Hosting;

/// <summary>Liveness, readiness, status and metrics. None of them waits for anything, but for checks that somebody wants to be run anew.</summary>
internal sealed class StatusEndpoint(
    PluginDeclaration declaration,
    PluginEnvironment environment,
    PluginLifecycle lifecycle,
    CallGate gate,
    CheckRunner checks,
    PluginMeters metrics,
    ProblemWriter problems,
    PluginHostOptions options)
{
    private readonly DateTimeOffset _startedAt = options.TimeProvider.GetUtcNow();

    /// <summary>Alive as long as it answers.</summary>
    public static Task LiveAsync(HttpContext http) => http.Response.WriteAsync("ok", http.RequestAborted);

    /// <summary>Ready, or why not.</summary>
    public Task ReadyAsync(HttpContext http) =>
        IsReady ? http.Response.WriteAsync("ok", http.RequestAborted) : problems.WriteAsync(http, Readiness.NotReady(lifecycle.Snapshot));

    /// <summary>The whole status.</summary>
    public async Task StatusAsync(HttpContext http)
    {
        if (http.Request.Query[ContractPaths.FreshParameter] == "true")
        {
            await checks.RefreshAsync(http.RequestAborted);
        }

        http.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(http.Response.Body, Report(), ContractJsonContext.Default.PluginStatusReport, http.RequestAborted);
    }

    /// <summary>The metrics.</summary>
    public Task MetricsAsync(HttpContext http)
    {
        http.Response.ContentType = PrometheusText.MediaType;
        return http.Response.WriteAsync(PrometheusText.Write(Report(), environment.Tenant, IsReady, metrics, ProcessSample.Take()), http.RequestAborted);
    }

    // A plugin that stops still takes the calls of those who have not heard of it, but wants no new callers.
    private bool IsReady => gate.IsOpen && lifecycle.Snapshot.State != PluginState.Stopping;

    private PluginStatusReport Report()
    {
        LifecycleSnapshot snapshot = lifecycle.Snapshot;
        PluginInfo info = declaration.Plugin.Info;
        return new PluginStatusReport(info.Id, info.Version, snapshot.State, _startedAt, [.. snapshot.Checks, .. checks.Results], metrics.Total(), [.. declaration.Upstreams.Select(static upstream => upstream.Report())]);
    }
}
