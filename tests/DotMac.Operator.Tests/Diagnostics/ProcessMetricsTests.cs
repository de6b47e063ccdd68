using System.Diagnostics;
using DotMac.Operator.Diagnostics;

namespace DotMac.Operator.Tests.Diagnostics;

public sealed class ProcessMetricsTests
{
    [Fact]
    public async Task The_figures_are_those_of_this_process()
    {
        using var process = Process.GetCurrentProcess();
        var before = Environment.CpuUsage.TotalTime.TotalSeconds;
        var page = await Exposition.OfAsync(new ProcessMetrics());
        Exposition.Value(page, "process_start_time_seconds").Should().BeApproximately(new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000d, 1);
        Exposition.Value(page, "process_cpu_seconds_total").Should().BeInRange(before, Environment.CpuUsage.TotalTime.TotalSeconds);
        Exposition.Value(page, "process_resident_memory_bytes").Should().BeInRange(10e6, 10e9);
    }

    [Fact]
    public async Task Open_files_are_counted()
    {
        var metrics = new ProcessMetrics();
        var before = Exposition.Value(await Exposition.OfAsync(metrics), "process_open_fds");
        var files = Enumerable.Range(0, 200).Select(static _ => File.OpenRead("/dev/null")).ToList();
        try
        {
            Exposition.Value(await Exposition.OfAsync(metrics), "process_open_fds").Should().BeGreaterThan(before + 100);
        }
        finally
        {
            files.ForEach(static file => file.Dispose());
        }
    }

    [Fact]
    public async Task The_version_is_told_without_the_commit() =>
        Exposition.Value(await Exposition.OfAsync(new ProcessMetrics()), $"dotmac_build_info{{version=\"{ProcessMetrics.Version}\"}}").Should().Be(1);
}
