using System.Diagnostics;
using System.Globalization;

namespace DotMac.Bench.Admin;

/// <summary>wrk, paced: each connection waits between its requests, so that all together ask at the wanted rate.</summary>
internal static class Wrk
{
    private const int Connections = 50;

    /// <summary>Asks one path.</summary>
    public static async Task<WrkResult> RunAsync(Uri address, string? token, WrkLoad load)
    {
        var script = Path.GetTempFileName();
        try
        {
            var wait = Connections * 1000 / load.Rate;
            await File.WriteAllTextAsync(script, $$"""
                local wait = {{wait}}
                {{(token is null ? string.Empty : $"wrk.headers['Authorization'] = 'Bearer {token}'")}}
                function delay() return math.random(math.floor(wait * 0.5), math.floor(wait * 1.5)) end
                function done(summary, latency, requests)
                  io.write(string.format("RESULT %f %f %f %f %d %f\n", summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000,
                    latency.max / 1000, summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout, summary.bytes / summary.requests))
                end
                """);
            using var process = Process.Start(new ProcessStartInfo("wrk")
            {
                RedirectStandardOutput = true,
                ArgumentList = { "-t", "1", "-c", $"{Connections}", "-d", $"{load.Seconds}s", "-s", script, address.ToString() },
            })!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            var line = output.Split('\n').FirstOrDefault(static l => l.StartsWith("RESULT ", StringComparison.Ordinal)) ?? throw new InvalidOperationException($"wrk said: {output}");
            var n = line.Split(' ').Skip(1).Select(static v => double.Parse(v, CultureInfo.InvariantCulture)).ToList();
            return new WrkResult(n[0], n[1], n[2], n[3], (long)n[4], n[5]);
        }
        finally
        {
            File.Delete(script);
        }
    }
}
