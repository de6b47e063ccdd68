using DotMac.Kubernetes.Models;
using DotMac.Operator.Health;

namespace DotMac.Operator.Tests.Health;

public sealed class ResourceUsageTests
{
    private const long Mi = 1024 * 1024;

    [Theory]
    [InlineData(null, 43, "43Mi")]
    [InlineData("43Mi", 58, "43Mi")]
    [InlineData("43Mi", 59, "59Mi")]
    [InlineData("1000Mi", 1150, "1000Mi")]
    [InlineData("1000Mi", 1250, "1250Mi")]
    [InlineData("100Mi", 0, "0Mi")]
    public void Memory_moves_in_steps(string? written, long now, string expected) =>
        new ResourceUsage(now * Mi, 0).Memory(written is null ? null : ResourceQuantity.Parse(written)).Should().Be(ResourceQuantity.Parse(expected));

    [Theory]
    [InlineData(null, 7, "7m")]
    [InlineData("7m", 20, "7m")]
    [InlineData("7m", 27, "27m")]
    [InlineData("500m", 590, "500m")]
    [InlineData("500m", 600, "600m")]
    public void Processor_time_moves_in_steps(string? written, long now, string expected) =>
        new ResourceUsage(0, now).Cpu(written is null ? null : ResourceQuantity.Parse(written)).Should().Be(ResourceQuantity.Parse(expected));

    [Fact]
    public void A_quantity_says_what_it_counts() => new ResourceUsage((43 * Mi) + 1, 0).Memory(null).ToString().Should().Be("44Mi");
}
