using DotMac.Bench.Report;
using DotMac.Bench.Scenarios;

namespace DotMac.Bench;

/// <summary>Runs the parts and reports.</summary>
internal static class Bench
{
    public static async Task<int> RunAsync(BenchOptions options)
    {
        var results = new Results();
        if (options.Has('f'))
        {
            new Scenarios.Parsing(results).Run();
        }

        if (options.Has('a'))
        {
            await new Throughput(options, results).RunAsync();
        }

        if (options.Has('o'))
        {
            await new Throughput(options, results).RunAloneAsync();
        }

        if (options.Has('b'))
        {
            await new Latency(options, results).RunAsync();
        }

        if (options.Has('c') || options.Has('d') || options.Has('e'))
        {
            await new Steady(options, results).RunAsync();
        }

        if (options.Has('c'))
        {
            await new Memory(options, results).RunAsync();
        }

        if (options.Has('g'))
        {
            await new Probing(options, results).RunAsync();
        }

        var report = new Markdown(options, results);
        Console.WriteLine();
        Console.WriteLine(report.Table());
        if (options.Output is not null)
        {
            await File.WriteAllTextAsync(options.Output, report.Text());
            Console.WriteLine($"wrote {options.Output}");
        }

        return 0;
    }
}
