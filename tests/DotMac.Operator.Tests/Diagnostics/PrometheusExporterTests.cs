using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using DotMac.Operator.Diagnostics;

namespace DotMac.Operator.Tests.Diagnostics;

public sealed partial class PrometheusExporterTests : IDisposable
{
    private readonly string _name = $"test-{Guid.NewGuid():N}";
    private readonly Meter _meter;
    private readonly PrometheusExporter _exporter;

    public PrometheusExporterTests()
    {
        _exporter = new PrometheusExporter(_name);
        _meter = new Meter(_name + ".Part");
    }

    public void Dispose()
    {
        _meter.Dispose();
        _exporter.Dispose();
    }

    [Fact]
    public void Counters_add_up_by_label()
    {
        var counter = _meter.CreateCounter<long>("requests_total", description: "Requests.");
        counter.Add(1, new KeyValuePair<string, object?>("code", 200), new("method", "GET"));
        counter.Add(2, new KeyValuePair<string, object?>("method", "GET"), new("code", 200));
        counter.Add(5, new KeyValuePair<string, object?>("code", 404), new("method", "GET"));
        _exporter.Write().Should().Be(
            """
            # HELP requests_total Requests.
            # TYPE requests_total counter
            requests_total{code="200",method="GET"} 3
            requests_total{code="404",method="GET"} 5

            """);
    }

    [Fact]
    public void What_goes_up_and_down_is_a_gauge()
    {
        var workers = _meter.CreateUpDownCounter<long>("workers");
        workers.Add(3);
        workers.Add(-1);
        _exporter.Write().Should().Be("# HELP workers workers\n# TYPE workers gauge\nworkers 2\n");
    }

    [Fact]
    public void What_is_observed_is_asked_for_each_time()
    {
        var depth = 7;
        _meter.CreateObservableGauge("depth", () => new Measurement<long>(depth, new KeyValuePair<string, object?>("queue", "a")));
        _exporter.Write().Should().Contain("# TYPE depth gauge\ndepth{queue=\"a\"} 7\n");
        depth = 0;
        _exporter.Write().Should().Contain("depth{queue=\"a\"} 0\n");
    }

    [Fact]
    public void Histograms_are_cumulative_a_value_on_a_bound_below_it()
    {
        var histogram = _meter.CreateHistogram("seconds", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1, 10] });
        foreach (var value in new[] { 0.05, 0.1, 0.5, 1, 5, 50, 500 })
        {
            histogram.Record(value, new KeyValuePair<string, object?>("queue", "a"));
        }

        _exporter.Write().Should().EndWith(
            """
            # TYPE seconds histogram
            seconds_bucket{queue="a",le="0.1"} 2
            seconds_bucket{queue="a",le="1"} 4
            seconds_bucket{queue="a",le="10"} 5
            seconds_bucket{queue="a",le="+Inf"} 7
            seconds_sum{queue="a"} 556.65
            seconds_count{queue="a"} 7

            """);
    }

    [Fact]
    public void A_histogram_without_labels_has_its_bounds_alone()
    {
        _meter.CreateHistogram<double>("seconds").Record(0.2);
        _exporter.Write().Should().Contain("seconds_bucket{le=\"0.25\"} 1\n").And.Contain("seconds_count 1\n");
    }

    [Fact]
    public void Labels_and_help_are_escaped()
    {
        _meter.CreateCounter<long>("odd_total", description: "back\\slash\nand \"quotes\"").Add(1, new KeyValuePair<string, object?>("text", "a\"b\\c\nd"));
        _exporter.Write().Should().Be(
            """
            # HELP odd_total back\\slash\nand "quotes"
            # TYPE odd_total counter
            odd_total{text="a\"b\\c\nd"} 1

            """);
    }

    [Fact]
    public void Meters_that_were_not_asked_for_stay_out()
    {
        using var other = new Meter($"other-{_name}");
        other.CreateCounter<long>("other_total").Add(1);
        _exporter.Write().Should().BeEmpty();
    }

    [Fact]
    public void Everything_at_once_is_a_valid_exposition()
    {
        // The format does not depend on who reads the numbers where.
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = "," } };
        try
        {
            _meter.CreateCounter<long>("b_total").Add(long.MaxValue / 2);
            _meter.CreateCounter<long>("a_total").Add(1, new KeyValuePair<string, object?>("ratio", 0.5), new("none", null));
            _meter.CreateHistogram<double>("c_seconds").Record(0.123456789);
            _meter.CreateObservableGauge("d_ratio", static () => 0.25);
            var lines = _exporter.Write().Split('\n');
            lines[^1].Should().BeEmpty("the last line ends too");
            lines[..^1].Should().OnlyContain(line => Line().IsMatch(line));
            lines.Where(static l => l.StartsWith("# TYPE ", StringComparison.Ordinal)).Should().OnlyHaveUniqueItems().And.BeInAscendingOrder(StringComparer.Ordinal);
            lines.Should().Contain("a_total{none=\"\",ratio=\"0.5\"} 1").And.Contain("d_ratio 0.25");
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public async Task Many_threads_lose_no_count()
    {
        var counter = _meter.CreateCounter<long>("parallel_total");
        await Parallel.ForAsync(0, 8, (_, _) =>
        {
            for (var i = 0; i < 1000; i++)
            {
                counter.Add(1);
            }

            return ValueTask.CompletedTask;
        });
        _exporter.Write().Should().EndWith("parallel_total 8000\n");
    }

    // https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
    [GeneratedRegex("""^(# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .+|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)+\})? [-+]?([0-9.]+([eE][-+]?[0-9]+)?|Inf|NaN))$""")]
    private static partial Regex Line();
}
