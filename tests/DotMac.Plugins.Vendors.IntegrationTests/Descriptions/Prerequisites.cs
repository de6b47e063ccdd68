using System.Diagnostics;

namespace DotMac.Plugins.Vendors.IntegrationTests.Descriptions;

/// <summary>What <c>tests/vendors/prerequisites</c> installs, at the first use on a machine.</summary>
internal static class Prerequisites
{
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(10);
    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    /// <summary>The directory of Prism's modules and of the descriptions.</summary>
    public static Task<string> DirectoryAsync() => Installed.Value;

    private static async Task<string> InstallAsync()
    {
        string script = Path.Combine(RepositoryRoot.Path, "tests", "vendors", "prerequisites");
        using var process = Process.Start(new ProcessStartInfo("bash", [script, "path"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var deadline = new CancellationTokenSource(InstallTimeout);
        Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return process.ExitCode == 0
            ? (await output).Trim()
            : throw new InvalidOperationException($"{script} failed with exit code {process.ExitCode}: {await errors}");
    }
}
