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
    public async Task Counters_add_up_by_label()
    {
        var counter = _meter.CreateCounter<long>("requests_total", description: "Requests.");
        counter.Add(1, new KeyValuePair<string, object?>("code", 200), new("method", "GET"));
        counter.Add(2, new KeyValuePair<string, object?>("method", "GET"), new("code", 200));
        counter.Add(5, new KeyValuePair<string, object?>("code", 404), new("method", "GET"));
        (await TextAsync()).Should().Be(
            """
            # HELP requests_total Requests.
            # TYPE requests_total counter
            requests_total{code="200",method="GET"} 3
            requests_total{code="404",method="GET"} 5

            """);
    }

    [Fact]
    public async Task What_goes_up_and_down_is_a_gauge()
    {
        var workers = _meter.CreateUpDownCounter<long>("workers");
        workers.Add(3);
        workers.Add(-1);
        (await TextAsync()).Should().Be("# HELP workers workers\n# TYPE workers gauge\nworkers 2\n");
    }

    [Fact]
    public async Task What_is_observed_is_asked_for_each_time()
    {
        var depth = 7;
        _meter.CreateObservableGauge("depth", () => new Measurement<long>(depth, new KeyValuePair<string, object?>("queue", "a")));
        (await TextAsync()).Should().Contain("# TYPE depth gauge\ndepth{queue=\"a\"} 7\n");
        depth = 0;
        (await TextAsync()).Should().Contain("depth{queue=\"a\"} 0\n");
    }

    [Fact]
    public async Task Histograms_are_cumulative_a_value_on_a_bound_below_it()
    {
        var histogram = _meter.CreateHistogram("seconds", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1, 10] });
        foreach (var value in new[] { 0.05, 0.1, 0.5, 1, 5, 50, 500 })
        {
            histogram.Record(value, new KeyValuePair<string, object?>("queue", "a"));
        }

        (await TextAsync()).Should().EndWith(
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
    public async Task A_histogram_without_labels_has_its_bounds_alone()
    {
        _meter.CreateHistogram<double>("seconds").Record(0.2);
        (await TextAsync()).Should().Contain("seconds_bucket{le=\"0.25\"} 1\n").And.Contain("seconds_count 1\n");
    }

    [Fact]
    public async Task Labels_and_help_are_escaped()
    {
        _meter.CreateCounter<long>("odd_total", description: "back\\slash\nand \"quotes\"").Add(1, new KeyValuePair<string, object?>("text", "a\"b\\c\nd"));
        (await TextAsync()).Should().Be(
            """
            # HELP odd_total back\\slash\nand "quotes"
            # TYPE odd_total counter
            odd_total{text="a\"b\\c\nd"} 1

            """);
    }

    [Fact]
    public async Task Meters_that_were_not_asked_for_stay_out()
    {
        using var other = new Meter($"other-{_name}");
        other.CreateCounter<long>("other_total").Add(1);
        (await TextAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Everything_at_once_is_a_valid_exposition()
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
            var lines = (await TextAsync()).Split('\n');
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
        (await TextAsync()).Should().EndWith("parallel_total 8000\n");
    }

    [Fact]
    public async Task Every_kind_of_instrument_has_its_type_and_every_type_of_number_is_taken()
    {
        _meter.CreateCounter<byte>("a").Add(1);
        _meter.CreateCounter<short>("b").Add(2);
        _meter.CreateCounter<int>("c").Add(3);
        _meter.CreateCounter<long>("d").Add(4);
        _meter.CreateCounter<float>("e").Add(0.5f);
        _meter.CreateCounter<double>("f").Add(0.25);
        _meter.CreateCounter<decimal>("g").Add(0.125m);
        _meter.CreateUpDownCounter<int>("h").Add(-1);
        _meter.CreateGauge<decimal>("i").Record(7);
        _meter.CreateObservableCounter("j", static () => (short)8);
        _meter.CreateObservableUpDownCounter("k", static () => -9f);
        _meter.CreateObservableGauge("l", static () => (byte)10);
        _meter.CreateHistogram<long>("m", advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2] }).Record(2);
        _meter.CreateHistogram<int>("n", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2] }).Record(3);
        Samples(await TextAsync()).Should().Equal(
            "a_total counter 1", "b_total counter 2", "c_total counter 3", "d_total counter 4", "e_total counter 0.5", "f_total counter 0.25",
            "g_total counter 0.125", "h gauge -1", "i gauge 7", "j_total counter 8", "k gauge -9", "l gauge 10",
            "m_bucket{le=\"1\"} histogram 0", "m_bucket{le=\"2\"} histogram 1", "m_bucket{le=\"+Inf\"} histogram 1", "m_sum histogram 2", "m_count histogram 1",
            "n_bucket{le=\"1\"} histogram 0", "n_bucket{le=\"2\"} histogram 0", "n_bucket{le=\"+Inf\"} histogram 1", "n_sum histogram 3", "n_count histogram 1");
    }

    [Fact]
    public async Task A_gauge_tells_the_last_value_and_an_observed_counter_what_its_source_has_counted()
    {
        var gauge = _meter.CreateGauge<int>("level");
        gauge.Record(5);
        gauge.Record(3);
        long calls = 10;
        _meter.CreateObservableCounter("calls", () => calls);
        Samples(await TextAsync()).Should().Equal("calls_total counter 10", "level gauge 3");
        calls = 12;
        Samples(await TextAsync()).Should().Equal("calls_total counter 12", "level gauge 3");
    }

    [Fact]
    public async Task What_is_not_observed_any_more_is_gone()
    {
        string[] queues = ["a", "b"];
        _meter.CreateObservableGauge("depth", () => queues.Select(static queue => new Measurement<int>(1, new KeyValuePair<string, object?>("queue", queue))));
        Samples(await TextAsync()).Should().Equal("depth{queue=\"a\"} gauge 1", "depth{queue=\"b\"} gauge 1");
        queues = ["b", "c"];
        Samples(await TextAsync()).Should().Equal("depth{queue=\"b\"} gauge 1", "depth{queue=\"c\"} gauge 1");
        queues = [];
        (await TextAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_meter_that_ends_takes_what_it_observed_along()
    {
        using (var passing = new Meter(_name + ".Passing"))
        {
            passing.CreateObservableGauge("passing", static () => 1);
            (await TextAsync()).Should().Contain("passing 1\n");
        }

        (await TextAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Series_are_bounded_and_what_finds_no_room_is_counted()
    {
        using var exporter = new PrometheusExporter(3, _name);
        var counter = _meter.CreateCounter<long>("visits");
        for (var i = 0; i < 10; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("visitor", i));
        }

        counter.Add(1, new KeyValuePair<string, object?>("visitor", 0));
        Samples(await Exposition.OfAsync(exporter)).Should().Equal(
            "visits_total{visitor=\"0\"} counter 2",
            "visits_total{visitor=\"1\"} counter 1",
            "visits_total{visitor=\"2\"} counter 1",
            "dotmac_metrics_dropped_total{metric=\"visits_total\"} counter 7");
    }

    [Fact]
    public async Task Observed_series_that_went_make_room_for_others()
    {
        using var exporter = new PrometheusExporter(2, _name);
        var from = 0;
        _meter.CreateObservableGauge(
            "pods", () => Enumerable.Range(from, 2).Select(static pod => new Measurement<int>(1, new KeyValuePair<string, object?>("pod", pod))));
        await Exposition.OfAsync(exporter);
        from = 10;
        await Exposition.OfAsync(exporter);
        Samples(await Exposition.OfAsync(exporter)).Take(2).Should().Equal("pods{pod=\"10\"} gauge 1", "pods{pod=\"11\"} gauge 1");
    }

    [Fact]
    public async Task Two_types_under_one_name_do_not_spoil_the_page()
    {
        _meter.CreateUpDownCounter<long>("mixed").Add(1);
        _meter.CreateHistogram<double>("mixed").Record(1);
        var lines = Samples(await TextAsync());
        lines.Should().Equal("mixed gauge 1", "dotmac_metrics_dropped_total{metric=\"mixed\"} counter 1");
    }

    [Fact]
    public async Task An_instrument_that_fails_does_not_hide_the_others()
    {
        _meter.CreateObservableGauge("broken", int () => throw new InvalidOperationException("broken"));
        _meter.CreateObservableGauge("sound", static () => 1);
        Samples(await TextAsync()).Should().Equal("sound gauge 1", "dotmac_metrics_failed_total counter 1");
    }

    [Fact]
    public async Task Milliseconds_become_seconds_bounds_included()
    {
        _meter.CreateHistogram("wait", "ms", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [250, 500] }).Record(300);
        Samples(await TextAsync()).Should().Equal(
            "wait_seconds_bucket{le=\"0.25\"} histogram 0",
            "wait_seconds_bucket{le=\"0.5\"} histogram 1",
            "wait_seconds_bucket{le=\"+Inf\"} histogram 1",
            "wait_seconds_sum histogram 0.3",
            "wait_seconds_count histogram 1");
    }

    [Fact]
    public async Task Labels_become_legal_and_stand_only_once()
    {
        _meter.CreateCounter<long>("odd").Add(1, new("error.type", "a"), new("error_type", "b"), new("1st", "c"), new("__reserved", "d"));
        Samples(await TextAsync()).Should().Equal("odd_total{_1st=\"c\",error_type=\"a\",reserved=\"d\"} counter 1");
    }

    [Fact]
    public async Task Numbers_that_are_none_are_spelt_as_the_format_wants()
    {
        var gauge = _meter.CreateGauge<double>("g");
        gauge.Record(double.PositiveInfinity, new KeyValuePair<string, object?>("v", "a"));
        gauge.Record(double.NegativeInfinity, new KeyValuePair<string, object?>("v", "b"));
        gauge.Record(double.NaN, new KeyValuePair<string, object?>("v", "c"));
        (await TextAsync()).Should().Contain("g{v=\"a\"} +Inf\n").And.Contain("g{v=\"b\"} -Inf\n").And.Contain("g{v=\"c\"} NaN\n");
    }

    [Fact]
    public async Task Scrapers_at_the_same_time_see_every_series()
    {
        _meter.CreateObservableGauge("many", static () => Enumerable.Range(0, 200).Select(static i => new Measurement<int>(i, new KeyValuePair<string, object?>("i", i))));
        var pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(TextAsync)));
        pages.Should().OnlyContain(page => Samples(page).Count == 200);
    }

    private Task<string> TextAsync() => Exposition.OfAsync(_exporter);

    // Every line with the type of its family.
    private static List<string> Samples(string page)
    {
        var type = string.Empty;
        var samples = new List<string>();
        foreach (var line in page.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                type = line.Split(' ')[3];
            }
            else if (line[0] != '#')
            {
                samples.Add(line.Insert(line.LastIndexOf(' '), " " + type));
            }
        }

        return samples;
    }

    // https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
    [GeneratedRegex("""^(# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .+|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)+\})? [-+]?([0-9.]+([eE][-+]?[0-9]+)?|Inf|NaN))$""")]
    private static partial Regex Line();
}
