using System.Diagnostics.Metrics;
using DotMac.Operator.Diagnostics;
using FsCheck.Xunit;

namespace DotMac.Operator.Tests.Diagnostics;

public sealed class MetricNameTests
{
    [Theory]
    [InlineData("rest_client_requests_total", null, "rest_client_requests_total")]
    [InlineData("dotnet.gc.collections", "{collection}", "dotnet_gc_collections_total")]
    [InlineData("dotnet.gc.heap.total_allocated", "By", "dotnet_gc_heap_total_allocated_bytes_total")]
    [InlineData("dotnet.process.cpu.time", "s", "dotnet_process_cpu_time_seconds_total")]
    [InlineData("waited_seconds_total", "s", "waited_seconds_total")]
    [InlineData("9-lives", null, "_9_lives_total")]
    public void Counters_end_in_total_with_the_unit_before_it(string name, string? unit, string expected) => Name(name, unit, MetricType.Counter).Should().Be(expected);

    [Theory]
    [InlineData("workqueue_depth", null, "workqueue_depth")]
    [InlineData("leader_election_master_status", null, "leader_election_master_status")]
    [InlineData("dotnet.process.memory.working_set", "By", "dotnet_process_memory_working_set_bytes")]
    [InlineData("dotnet.process.cpu.count", "{cpu}", "dotnet_process_cpu_current")]
    [InlineData("left_total", null, "left")]
    public void What_is_no_counter_does_not_look_like_one_nor_like_a_part_of_a_histogram(string name, string? unit, string expected) =>
        Name(name, unit, MetricType.Gauge).Should().Be(expected);

    [Theory]
    [InlineData("s", 1)]
    [InlineData("ms", 0.001)]
    [InlineData("us", 0.000001)]
    [InlineData("KiBy", 1024)]
    [InlineData(null, 1)]
    public void Values_are_told_in_base_units(string? unit, double scale) => Of("x", unit, MetricType.Gauge).Scale.Should().Be(scale);

    [Property]
    public void Any_text_becomes_a_legal_name(string? text) => MetricName.Legal(text ?? string.Empty).Should().MatchRegex("^(_?[a-zA-Z0-9])?[a-zA-Z0-9_]*$").And.MatchRegex("^[a-zA-Z_]");

    private static string Name(string name, string? unit, MetricType type) => Of(name, unit, type).Text;

    private static MetricName Of(string name, string? unit, MetricType type)
    {
        using var meter = new Meter("names");
        return MetricName.Of(meter.CreateCounter<long>(name, unit), type);
    }
}
