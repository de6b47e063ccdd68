using System.Diagnostics;
using System.Globalization;
using DotMac.Plugins.Vendors.IntegrationTests.Descriptions;
using DotMac.Testing.Cluster;

namespace DotMac.Plugins.Vendors.IntegrationTests.Prism;

/// <summary>Prism, serving one description. It dies with the test process, whatever ends that.</summary>
internal sealed class PrismServer : IAsyncDisposable
{
    // The largest description takes 8 s on an idle machine of two cores.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private readonly string _directory;
    private readonly Process _process;

    private PrismServer(string directory, Process process, Uri url, ApiDescription description) =>
        (_directory, _process, Url, BasePath, Names) = (directory, process, url, description.BasePath, new NameCheck(description));

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>What the vendor's address has before the paths, and Prism's has not.</summary>
    public string BasePath { get; }

    /// <summary>Finds in requests what the description does not know.</summary>
    public NameCheck Names { get; }

    private string Log => Path.Combine(_directory, "log");

    /// <summary>Starts one and waits until it listens.</summary>
    /// <param name="description">What it serves.</param>
    /// <returns>The server.</returns>
    public static async Task<PrismServer> StartAsync(ApiDescription description)
    {
        string modules = await Prerequisites.DirectoryAsync();
        string directory = Directory.CreateTempSubdirectory("dotmac-prism-").FullName;
        string file = Path.Combine(directory, "description.json");
        await File.WriteAllTextAsync(file, description.Root.ToJsonString());
        int port = LoopbackPorts.Free(1)[0];

        // The shell only lays the output into a file; "exec" makes it Prism itself, under the same process id.
        var start = new ProcessStartInfo("setpriv",
        [
            "--pdeathsig", "KILL", "--", "sh", "-c", "exec \"$@\" >\"$LOG\" 2>&1 </dev/null", "sh",
            "node", Path.Combine(modules, "node_modules", ".bin", "prism"), "mock", "--port", port.ToString(CultureInfo.InvariantCulture), "--host", "127.0.0.1", file,
        ]);
        start.Environment["LOG"] = Path.Combine(directory, "log");
        var server = new PrismServer(
            directory, await ProcessParent.Instance.StartAsync(start), new Uri($"http://127.0.0.1:{port}"), description);
        try
        {
            await Eventually.BeTrueAsync(server.IsListening, StartTimeout, () => $"Prism listens; it said: {server.LogText()}");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    // Prism's own word, and not any answer on the port: somebody else may have taken that.
    private bool IsListening() =>
        LogText().Contains($"Prism is listening on {Url.GetLeftPart(UriPartial.Authority)}", StringComparison.Ordinal)
        || (_process.HasExited ? throw new InvalidOperationException($"Prism ended with exit code {_process.ExitCode}: {LogText()}") : false);

    private string LogText() => File.Exists(Log) ? File.ReadAllText(Log) : "";
}
