using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;

namespace DotMac.Kubernetes.Diagnostics;

/// <summary>
/// Instruments of the client and the controllers, under the names and labels of controller-runtime and client-go, so that existing
/// dashboards and alerts work.
/// </summary>
public static class KubernetesMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "DotMac.Kubernetes";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "rest_client_requests_total", description: "HTTP requests to the API server, by status code, method and host.");

    private static readonly Counter<long> Reconciles = Meter.CreateCounter<long>(
        "controller_runtime_reconcile_total", description: "Reconciles, by controller and result.");

    private static readonly Counter<long> ReconcileErrors = Meter.CreateCounter<long>(
        "controller_runtime_reconcile_errors_total", description: "Reconciles that failed, by controller.");

    private static readonly Counter<long> TerminalErrors = Meter.CreateCounter<long>(
        "controller_runtime_terminal_reconcile_errors_total", description: "Reconciles that failed for good, by controller.");

    private static readonly Counter<long> Panics = Meter.CreateCounter<long>(
        "controller_runtime_reconcile_panics_total", description: "Exceptions that a reconcile did not expect, by controller.");

    private static readonly Counter<long> Timeouts = Meter.CreateCounter<long>(
        "controller_runtime_reconcile_timeouts_total", description: "Reconciles that took too long, by controller.");

    private static readonly Histogram<double> ReconcileTime = Meter.CreateHistogram(
        "controller_runtime_reconcile_time_seconds",
        description: "Seconds that reconciles took, by controller.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
        });

    private static readonly UpDownCounter<long> ActiveWorkers = Meter.CreateUpDownCounter<long>(
        "controller_runtime_active_workers", description: "Workers that reconcile at this moment, by controller.");

    private static readonly UpDownCounter<long> MaximumWorkers = Meter.CreateUpDownCounter<long>(
        "controller_runtime_max_concurrent_reconciles", description: "Workers there are, by controller.");

    private static readonly UpDownCounter<long> LeaderStatus = Meter.CreateUpDownCounter<long>(
        "leader_election_master_status", description: "Whether this process leads, by lease: 0 or 1.");

    private static readonly Counter<long> LeaderSlowPath = Meter.CreateCounter<long>(
        "leader_election_slowpath_total", description: "Renewals of a lease that somebody else had changed in between, by lease.");

    internal static Meter Shared => Meter;

    internal static string CodeText(HttpStatusCode code) => code switch
    {
        HttpStatusCode.OK => "200",
        HttpStatusCode.Created => "201",
        HttpStatusCode.NotFound => "404",
        HttpStatusCode.Conflict => "409",
        _ => ((int)code).ToString(CultureInfo.InvariantCulture),
    };

    internal static void CountRequest(string code, string method, string host) =>
        Requests.Add(1, new("code", code), new("method", method), new("host", host));

    internal static void CountReconcile(string controller, string result, double seconds)
    {
        Reconciles.Add(1, new("controller", controller), new("result", result));
        ReconcileTime.Record(seconds, new KeyValuePair<string, object?>("controller", controller));
    }

    internal static void CountError(string controller) => ReconcileErrors.Add(1, new KeyValuePair<string, object?>("controller", controller));

    internal static void CountTerminal(string controller) => TerminalErrors.Add(1, new KeyValuePair<string, object?>("controller", controller));

    internal static void CountPanic(string controller) => Panics.Add(1, new KeyValuePair<string, object?>("controller", controller));

    internal static void CountTimeout(string controller) => Timeouts.Add(1, new KeyValuePair<string, object?>("controller", controller));

    internal static void WorkersActive(string controller, int change) =>
        ActiveWorkers.Add(change, new KeyValuePair<string, object?>("controller", controller));

    internal static void WorkersStarted(string controller, int count)
    {
        var label = new KeyValuePair<string, object?>("controller", controller);
        MaximumWorkers.Add(count, label);

        // Shown before they first happen, as controller-runtime does: nobody sees an increase in a series that begins with 1.
        ActiveWorkers.Add(0, label);
        foreach (var rare in (Counter<long>[])[ReconcileErrors, TerminalErrors, Panics, Timeouts])
        {
            rare.Add(0, label);
        }
    }

    internal static void Leads(string lease, int change) => LeaderStatus.Add(change, new KeyValuePair<string, object?>("name", lease));

    internal static void CountSlowPath(string lease) => LeaderSlowPath.Add(1, new KeyValuePair<string, object?>("name", lease));
}
