using System.Globalization;
using DotMac.Plugins.Contract;

namespace DotMac.Bench.Plugins;

/// <summary>What idle plugins take while they are asked as in a cluster: probes every few seconds, the status every fifteen.</summary>
internal static class Idle
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(string[] plugins)
    {
        // All at once: they are idle, and a node has many.
        List<(string Name, Host Host)> hosts = [("(bare minimal API)", await Host.StartAsync(typeof(Idle).Assembly.Location, ["bare"], new Dictionary<string, string>()))];
        string root = Directory.CreateTempSubdirectory("dotmac-bench-").FullName;
        try
        {
            foreach (string plugin in plugins)
            {
                // <name>=<directory with the published plugin>=<its config>
                string[] parts = plugin.Split('=', 3);
                string directory = Directory.CreateDirectory(Path.Combine(root, parts[0])).FullName;
                await File.WriteAllTextAsync(Path.Combine(directory, Mounts.ConfigFileName), parts[2]);
                string program = Directory.GetFiles(parts[1], "DotMac.Plugins.*.runtimeconfig.json").Single().Replace(".runtimeconfig.json", ".dll", StringComparison.Ordinal);
                hosts.Add((parts[0], await Host.StartAsync(
                    program, [], new Dictionary<string, string> { [EnvironmentNames.Tenant] = "acme", [EnvironmentNames.ConfigDirectory] = directory })));
            }

            string[] lines = await Task.WhenAll(hosts.Select(static host => MeasureAsync(host.Name, host.Host)));
            Console.WriteLine("plugin                 resident   of that its own   processor");
            foreach (string line in lines)
            {
                Console.WriteLine(line);
            }

            return 0;
        }
        finally
        {
            foreach ((_, Host host) in hosts)
            {
                await host.DisposeAsync();
            }

            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<string> MeasureAsync(string name, Host host)
    {
        // Start-up is over when the first half minute is.
        await AskAsync(host, Watched / 2);
        TimeSpan before = host.Processor();
        await AskAsync(host, Watched);
        double share = (host.Processor() - before) / Watched;
        double resident = host.Mebibytes("VmRSS"), own = host.Mebibytes("RssAnon") + host.Mebibytes("RssShmem");
        return string.Create(CultureInfo.InvariantCulture, $"{name,-20} {resident,6:0.0} MiB        {own,6:0.0} MiB   {share,8:0.00 %}");
    }

    private static async Task AskAsync(Host host, TimeSpan time)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5));
        for (int second = 0; second < time.TotalSeconds; second += 5)
        {
            foreach (string path in second % 15 == 0 ? [ContractPaths.Healthz, ContractPaths.Readyz, ContractPaths.Status] : new[] { ContractPaths.Healthz, ContractPaths.Readyz })
            {
                using HttpResponseMessage response = await host.Client.GetAsync(new Uri(path, UriKind.Relative));
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
