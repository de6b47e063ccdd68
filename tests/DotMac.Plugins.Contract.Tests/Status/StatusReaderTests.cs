using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.Contract.Status;

namespace DotMac.Plugins.Contract.Tests.Status;

public class StatusReaderTests
{
    [Fact]
    public void AWholeReportSurvivesTheRoundTripInTheContractsForm()
    {
        var report = new PluginStatusReport(
            "twilio",
            "1.0.0",
            PluginState.Degraded,
            DateTimeOffset.Parse("2026-01-02T03:04:05+00:00", System.Globalization.CultureInfo.InvariantCulture),
            [new PluginCheck("credentials", HealthState.Unhealthy, "no")],
            new PluginMetrics(3, 1, new LatencyHistogram([5], [2, 1], 12.5)),
            [new PluginDependency("twilio_api", HealthState.Degraded, "down", 7, 2)]);

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(report, ContractJsonContext.Default.PluginStatusReport);

        JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(
            """{"plugin":"twilio","version":"1.0.0","state":"Degraded","startedAt":"2026-01-02T03:04:05+00:00","checks":[{"name":"credentials","state":"Unhealthy","message":"no"}],"metrics":{"apiCalls":3,"apiErrors":1,"latency":{"boundsMilliseconds":[5],"counts":[2,1],"sumMilliseconds":12.5}},"dependencies":[{"name":"twilio_api","state":"Degraded","message":"down","calls":7,"errors":2}]}""")).Should().BeTrue();
        StatusReader.TryRead(json, out PluginStatusReport? read, out _).Should().BeTrue();
        read.Should().BeEquivalentTo(report);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "checks": null, "metrics": null, "dependencies": null, "state": null, "future": [1] }""")]
    [InlineData("""{ "state": "Hibernating" }""")]
    [InlineData("""{ "state": 3 }""")]
    [InlineData("""{ "state": {"a":[1]} }""")]
    public void MissingAndUnknownThingsReadAsNothing(string json)
    {
        PluginStatusReport report = Read(json);

        report.State.Should().BeNull();
        report.Checks.Should().BeEmpty();
        report.Dependencies.Should().BeEmpty();
        report.Metrics.Should().Be(new PluginMetrics());
    }

    [Fact]
    public void StatesAreReadInAnyCase() => Read("""{ "state": "active" }""").State.Should().Be(PluginState.Active);

    [Fact]
    public void DependenciesAreTamed()
    {
        string dependencies = string.Join(',', Enumerable.Repeat("""{"name":"a\nb","state":"Odd","calls":-3,"errors":-1},null""", 100));

        PluginStatusReport report = Read($$"""{ "dependencies": [{{dependencies}}] }""");

        report.Dependencies.Should().HaveCount(StatusReader.MaxDependencies);
        report.Dependencies[0].Should().Be(new PluginDependency("a b", HealthState.Unknown, null, 0, 0));
    }

    [Fact]
    public void ChecksAreTamed()
    {
        string checks = string.Join(',', Enumerable.Repeat($$"""{"name":"a\nb","state":"Odd","message":"{{new string('m', 600)}}"},null""", 100));

        PluginStatusReport report = Read($$"""{ "checks": [{{checks}}] }""");

        report.Checks.Should().HaveCount(StatusReader.MaxChecks);
        report.Checks[0].Should().Be(new PluginCheck("a b", HealthState.Unknown, new string('m', StatusReader.MaxTextLength)));
    }

    [Theory]
    [InlineData("\\u001b[31mred", " [31mred")]
    [InlineData("a\\u202eb", "a b")]
    [InlineData("a\\u200bb", "a b")]
    [InlineData("a\\u2028b", "a b")]
    [InlineData("a\\u009bb", "a b")]
    [InlineData("gr\u00fc\u00df \U0001F600", "gr\u00fc\u00df \U0001F600")]
    public void WhatCannotBeSeenOrSteersATerminalIsReplaced(string message, string expected) =>
        Read($$"""{ "checks": [{"name":"a","message":"{{message}}"}] }""").Checks[0].Message.Should().Be(expected);

    [Fact]
    public void AHistogramOfTooManyBucketsIsDropped()
    {
        string bounds = string.Join(',', Enumerable.Range(1, StatusReader.MaxBuckets));
        string counts = string.Join(',', Enumerable.Repeat(1, StatusReader.MaxBuckets + 1));
        Read($$"""{ "metrics": { "apiCalls": 1, "latency": { "boundsMilliseconds": [{{bounds}}], "counts": [{{counts}}] } } }""").Metrics
            .Should().BeEquivalentTo(new PluginMetrics(1));
    }

    [Theory]
    [InlineData("""{ "metrics": { "apiCalls": NaN } }""")]
    [InlineData("""{ "metrics": { "apiCalls": 1e400 } }""")]
    [InlineData("""{ "metrics": { "apiCalls": "many" } }""")]
    [InlineData("""{ "metrics": { "latency": { "boundsMilliseconds": [1], "counts": [1,1], "sumMilliseconds": Infinity } } }""")]
    [InlineData("""{ "startedAt": "yesterday" }""")]
    public void WhatIsNoNumberOrNoTimeIsAnError(string body)
    {
        StatusReader.TryRead(Encoding.UTF8.GetBytes(body), out _, out string? error).Should().BeFalse();
        error.Should().StartWith("The status is not the JSON of the contract").And.NotContain("yesterday");
    }

    [Fact]
    public void NestingWithoutEndIsAnError()
    {
        string body = $$"""{ "unknown": {{new string('[', 10_000)}}{{new string(']', 10_000)}} }""";
        StatusReader.TryRead(Encoding.UTF8.GetBytes(body), out _, out string? error).Should().BeFalse();
        error.Should().NotBeEmpty();
    }

    [Fact]
    public void AMillionChecksAreTooLong()
    {
        string body = $$"""{ "checks": [{{string.Join(',', Enumerable.Repeat("{}", 1_000_000))}}] }""";
        StatusReader.TryRead(Encoding.UTF8.GetBytes(body), out _, out string? error).Should().BeFalse();
        error.Should().Contain("longer than");
    }

    [Fact]
    public void ImpossibleNumbersAreDropped()
    {
        PluginMetrics metrics = Read("""{ "metrics": { "apiCalls": -5, "apiErrors": -1, "latency": { "boundsMilliseconds": [1], "counts": [1] } } }""").Metrics;

        metrics.Should().Be(new PluginMetrics());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("<html>hunter2</html>")]
    [InlineData("""{ "metrics": { "apiCalls": "hunter2" } }""")]
    public void WhatIsNoStatusIsRefusedWithoutQuotingIt(string body)
    {
        StatusReader.TryRead(Encoding.UTF8.GetBytes(body), out PluginStatusReport? report, out string? error).Should().BeFalse();

        report.Should().BeNull();
        error.Should().NotBeNullOrEmpty().And.NotContain("hunter2");
    }

    [Fact]
    public void ABodyWithoutEndIsRefused() =>
        StatusReader.TryRead(new byte[StatusReader.MaxBytes + 1], out _, out _).Should().BeFalse();

    private static PluginStatusReport Read(string json)
    {
        StatusReader.TryRead(Encoding.UTF8.GetBytes(json), out PluginStatusReport? report, out string? error).Should().BeTrue(error);
        return report!;
    }
}
