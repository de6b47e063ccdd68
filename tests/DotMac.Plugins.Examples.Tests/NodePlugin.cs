using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Sdk.Testing;

namespace DotMac.Plugins.Examples.Tests;

/// <summary>The guide's example in JavaScript, running under Node.js.</summary>
internal sealed class NodePlugin : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("dotmac-example-").FullName;
    private Process _process = null!;

    public HttpClient Client { get; } = new();

    public static async Task<NodePlugin> StartAsync(TestTokenSigner signer, string? config = """{ "apiKey": "${env:PAGER_KEY}", "signingSecret": "sign-me" }""")
    {
        var plugin = new NodePlugin();
        await File.WriteAllTextAsync(Path.Combine(plugin._directory, Mounts.CallersFileName), signer.CallersFile("""[{"namespace":"tenant-acme"}]"""));
        if (config is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(plugin._directory, Mounts.ConfigFileName), config);
        }

        int port = FreePort();
        var start = new ProcessStartInfo("node", [Path.Combine(Repository.Root, "docs", "examples", "pager-js", "plugin.mjs")])
        {
            Environment =
            {
                ["PORT"] = $"{port}",
                ["PAGER_KEY"] = "k",
                ["LAME_DUCK_MILLISECONDS"] = "1500",
                [EnvironmentNames.Tenant] = "acme",
                [EnvironmentNames.ConfigDirectory] = plugin._directory,
            },
        };
        plugin._process = Process.Start(start)!;
        plugin.Client.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        plugin.Client.DefaultRequestHeaders.Add(ContractHeaders.Tenant, "acme");
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                using HttpResponseMessage response = await plugin.Client.GetAsync(new Uri(ContractPaths.Healthz, UriKind.Relative), limit.Token);
                return plugin;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20, limit.Token);
            }
        }
    }

    /// <summary>Sends SIGTERM.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits until it has ended; its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
