using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using DotMac.Testing;
using DotMac.Testing.Cluster;

namespace DotMac.Monitoring.IntegrationTests.Fixture;

/// <summary>A real Prometheus with a config and data of its own, which dies with the tests.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dotmac-prometheus-");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private Process? _process;

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="config">Its config: JSON is YAML.</param>
    public async Task StartAsync(JsonObject config)
    {
        await Promtool.EnsureInstalledAsync();
        var file = Path.Combine(_directory.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(file, config.ToJsonString());
        await Promtool.CheckAsync(["check", "config", file]);
        var port = LoopbackPorts.Free(1)[0];
        _http.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        var log = Path.Combine(_directory.FullName, "log");
        var start = new ProcessStartInfo("setpriv")
        {
            ArgumentList =
            {
                "--pdeathsig", "KILL", "--", "sh", "-c", "exec \"$@\" >>\"$LOG\" 2>&1 </dev/null", "sh", "/usr/bin/prometheus",
                "--config.file=" + file,
                "--storage.tsdb.path=" + Path.Combine(_directory.FullName, "data"),
                string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"),
            },
            Environment = { ["LOG"] = log },
        };
        _process = await ProcessParent.Instance.StartAsync(start);
        await Eventually.BeTrueAsync(IsReadyAsync, TimeSpan.FromSeconds(60), () => $"Prometheus is ready; its log:\n{File.ReadAllText(log)}");
    }

    /// <summary>The result of a query now; fails with Prometheus' own words when it is not understood.</summary>
    public async Task<JsonArray> QueryAsync(string expression)
    {
        var answer = await AskAsync("/api/v1/query?query=" + Uri.EscapeDataString(expression));
        answer["status"]!.GetValue<string>().Should().Be("success", $"{expression}: {answer["error"]}");
        return answer["data"]!["result"]!.AsArray();
    }

    /// <summary>Asks its API; an error is an answer too.</summary>
    public async Task<JsonNode> AskAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill();
            await running.WaitForExitAsync();
        }

        _process?.Dispose();
        _http.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        _process!.HasExited.Should().BeFalse("Prometheus runs");
        try
        {
            using var response = await _http.GetAsync(new Uri("/-/ready", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
