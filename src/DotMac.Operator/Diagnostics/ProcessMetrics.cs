using System.Diagnostics;
using System.Reflection;

namespace DotMac.Operator.Diagnostics;

/// <summary>What the process uses, under the names that every Prometheus client library gives it, and what it is.</summary>
internal sealed class ProcessMetrics : IMetricSource
{
    private const string Descriptors = "/proc/self/fd";

    private readonly double _started;

    /// <summary>The figures of this process.</summary>
    public ProcessMetrics()
    {
        using var process = Process.GetCurrentProcess();
        _started = new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000d;
    }

    /// <summary>The version of this operator.</summary>
    public static string Version { get; } =
        typeof(ProcessMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <inheritdoc />
    public ValueTask WriteAsync(ExpositionWriter writer, CancellationToken cancellationToken)
    {
        One("dotmac_build_info", MetricType.Gauge, "1, with the version of the operator.", 1, ExpositionWriter.Label("version", Version));
        One("process_cpu_seconds_total", MetricType.Counter, "Seconds of processor time, user and system.", Environment.CpuUsage.TotalTime.TotalSeconds);
        if (Directory.Exists(Descriptors))
        {
            One("process_open_fds", MetricType.Gauge, "Open file descriptors.", Directory.EnumerateFileSystemEntries(Descriptors).Count());
        }

        One("process_resident_memory_bytes", MetricType.Gauge, "Resident memory.", Environment.WorkingSet);
        One("process_start_time_seconds", MetricType.Gauge, "When the process started, in seconds since 1970.", _started);
        return ValueTask.CompletedTask;

        void One(string name, MetricType type, string help, double value, string labels = "")
        {
            writer.Family(name, type, help);
            writer.Sample(name, labels, value);
        }
    }
}
