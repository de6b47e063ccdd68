using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace DotMac.Bench.Report;

/// <summary>What a run was made on.</summary>
internal static class Machine
{
    /// <summary>The load average when this process began: other work on the machine makes times worthless, and ratios worse.</summary>
    public static string LoadAtStart { get; } = File.ReadAllText("/proc/loadavg").Split(' ')[0];

    public static IEnumerable<string> Describe()
    {
        var cpu = File.ReadLines("/proc/cpuinfo").FirstOrDefault(static l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim();
        var kilobytes = File.ReadLines("/proc/meminfo").First().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1];
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC; {Environment.ProcessorCount} cores shared by etcd, API server, load and operator ({cpu}); {double.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024 / 1024:0.0} GiB");
        yield return $"load average when it began {LoadAtStart}, when it ended {File.ReadAllText("/proc/loadavg").Split(' ')[0]}";
        yield return $"{RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}";
        yield return $"{Run("kube-apiserver", "--version")}, {Run("etcd", "--version")}, without kube-controller-manager, etcd without fsync";
        yield return $"commit {Run("git", "rev-parse", "--short", "HEAD")}{(Run("git", "status", "--porcelain", "--", "src").Length > 0 ? " with uncommitted changes in src/" : string.Empty)}";
    }

    private static string Run(string program, params string[] arguments)
    {
        var assets = Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS");
        var path = assets is not null && File.Exists(Path.Combine(assets, program)) ? Path.Combine(assets, program) : program;
        var start = new ProcessStartInfo(path) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Testing.RepositoryRoot.Path };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Split('\n')[0].Trim() : $"{program}: unknown";
    }
}
