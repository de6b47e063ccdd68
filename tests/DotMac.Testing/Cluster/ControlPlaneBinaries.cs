using System.Diagnostics;

namespace DotMac.Testing.Cluster;

/// <summary>Where etcd, kube-apiserver and kube-controller-manager are.</summary>
internal static class ControlPlaneBinaries
{
    // The first use on a machine builds Kubernetes: that takes minutes, once.
    private static readonly TimeSpan BuildTimeout = TimeSpan.FromMinutes(60);
    private static readonly Lazy<Task<string>> Found = new(FindAsync);

    /// <summary>Their directory: <c>KUBEBUILDER_ASSETS</c>, or what <c>tests/cluster/cluster assets</c> provides.</summary>
    public static Task<string> DirectoryAsync() => Found.Value;

    private static async Task<string> FindAsync()
    {
        if (Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") is { Length: > 0 } assets
            && File.Exists(Path.Combine(assets, "etcd")) && File.Exists(Path.Combine(assets, "kube-apiserver")))
        {
            return assets;
        }

        var script = Path.Combine(RepositoryRoot.Path, "tests", "cluster", "cluster");
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(script);
        start.ArgumentList.Add("assets");
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(BuildTimeout);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        var directory = (await output).Trim().Split('\n')[^1];
        return process.ExitCode == 0 && Directory.Exists(directory)
            ? directory
            : throw new InvalidOperationException($"{script} assets failed with exit code {process.ExitCode}: {await errors}");
    }
}
