namespace DotMac.Plugins.Resources.Tests.Validation;

public sealed class AddressRangeTests
{
    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3/32")]
    [InlineData("10.1.0.0/16", "10.1.0.0/16")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("10.1.2.3/16", null)]
    [InlineData("10.1", null)]
    [InlineData("010.1.2.3", null)]
    [InlineData("10.1.0.0/33", null)]
    [InlineData("10.1.0.0/016", null)]
    [InlineData("fd00::/8", null)]
    [InlineData("fd00::1", null)]
    [InlineData("api.example.com", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Addresses_and_ranges_are_told_from_everything_else(string? text, string? expected) => AddressRange.Of(text).Should().Be(expected);
}
