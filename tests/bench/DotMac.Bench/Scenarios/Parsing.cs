using System.Globalization;
using System.Text;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using DotMac.Bench.Parsing;
using DotMac.Bench.Report;
using DotMac.Testing;

namespace DotMac.Bench.Scenarios;

/// <summary>Part f, with BenchmarkDotNet.</summary>
internal sealed class Parsing(Results results)
{
    public void Run()
    {
        results.Step("parsing a watch event, with BenchmarkDotNet, for part f");

        // In this process: it is built as the operator is, and needs no compiler where it runs.
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(5).WithIterationCount(15))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(new LogCapture())
            .WithArtifactsPath(Path.Combine(RepositoryRoot.Path, "artifacts", "bench", "parsing"));
        var summary = BenchmarkRunner.Run<ParseBenchmark>(config);
        var reports = summary.Reports.ToDictionary(static r => r.BenchmarkCase.Descriptor.WorkloadMethod.Name);
        foreach (var (name, report) in reports)
        {
            results.Raw('f', string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {report.ResultStatistics!.Mean / 1000:0.00} µs ± {report.ResultStatistics.StandardDeviation / 1000:0.00}, {Allocated(report):0} bytes allocated, event of {Encoding.UTF8.GetByteCount(SampleEvent.Text)} bytes"));
        }

        var (own, plain) = (reports[nameof(ParseBenchmark.WatchReader)], reports[nameof(ParseBenchmark.PlainDeserialize)]);
        results.Add(Figure.AtMost('f', "allocated for each watch event", Allocated(own) / 1024, 6, "KB"));
        results.Add(Figure.Told('f', "time for each watch event", own.ResultStatistics!.Mean / 1000, "µs"));
        results.Add(Figure.Told('f', "allocated ÷ plain Deserialize from a string", Allocated(own) / Allocated(plain), string.Empty));
        results.Add(Figure.Told('f', "time ÷ plain Deserialize from a string", own.ResultStatistics.Mean / plain.ResultStatistics!.Mean, string.Empty));
    }

    private static double Allocated(BenchmarkDotNet.Reports.BenchmarkReport report) => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)!.Value;
}
