using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Sdk.Testing;

namespace DotMac.Bench.Plugins;

/// <summary>
/// What the SDK adds to a call: one caller, one connection, the same request to both hosts, in turns of a few hundred calls so that whatever else the machine
/// does hits both alike.
/// </summary>
internal static class Overhead
{
    private const int WarmUp = 3000;
    private const int Turns = 40;
    private const int CallsATurn = 250;

    public static async Task<int> RunAsync()
    {
        string directory = Directory.CreateTempSubdirectory("dotmac-bench-").FullName;
        using var signer = new TestTokenSigner();
        await File.WriteAllTextAsync(Path.Combine(directory, Mounts.CallersFileName), signer.CallersFile("""[{"namespace":"tenant-acme"}]"""));
        string program = typeof(Overhead).Assembly.Location;
        await using Host bare = await Host.StartAsync(program, ["bare"], new Dictionary<string, string>());
        await using Host sdk = await Host.StartAsync(program, ["sdk"], new Dictionary<string, string>
        {
            [EnvironmentNames.Tenant] = "acme",
            [EnvironmentNames.ConfigDirectory] = directory,
        });
        foreach (HttpClient client in new[] { bare.Client, sdk.Client })
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signer.Sign("system:serviceaccount:tenant-acme:caller"));
            client.DefaultRequestHeaders.Add(ContractHeaders.Tenant, "acme");
            await CallAsync(client, WarmUp);
        }

        List<double> bareTimes = [], sdkTimes = [];
        for (int turn = 0; turn < Turns; turn++)
        {
            bareTimes.AddRange(await CallAsync(bare.Client, CallsATurn));
            sdkTimes.AddRange(await CallAsync(sdk.Client, CallsATurn));
        }

        double bareMedian = Percentile(bareTimes, 0.5), sdkMedian = Percentile(sdkTimes, 0.5);
        Tell("bare minimal API", bareTimes);
        Tell("with the SDK", sdkTimes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"added by the SDK, p50: {sdkMedian - bareMedian:0} µs (target ≤ 100 µs), {sdkMedian / bareMedian:0.00} times the bare call"));
        Directory.Delete(directory, recursive: true);
        return 0;
    }

    private static async Task<List<double>> CallAsync(HttpClient client, int count)
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"text":"hello","count":3}""");
        var times = new List<double>(count);
        for (int call = 0; call < count; call++)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            long start = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await client.PostAsync(new Uri("/v1/operations/echo", UriKind.Relative), content);
            await response.Content.ReadAsByteArrayAsync();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            response.EnsureSuccessStatusCode();
        }

        return times;
    }

    private static void Tell(string what, List<double> times) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what,-17} p50 {Percentile(times, 0.5),5:0} µs   p99 {Percentile(times, 0.99),5:0} µs   of {times.Count} calls"));

    private static double Percentile(List<double> times, double share) => times.Order().ElementAt((int)(share * (times.Count - 1)));
}
