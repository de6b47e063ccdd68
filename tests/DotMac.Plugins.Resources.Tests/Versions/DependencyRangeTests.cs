using DotMac.Plugins.Resources.Versions;
using FsCheck.Xunit;

namespace DotMac.Plugins.Resources.Tests.Versions;

public sealed class DependencyRangeTests
{
    [Theory]
    [InlineData(">=1.0.0 <2.0.0", "1.0.0 1.9.9", "0.9.9 2.0.0 1.5.0-rc.1")]
    [InlineData(">= 1.0.0, < 2.0.0", "1.0.0 1.9.9", "2.0.0")]
    [InlineData("1.2.3", "1.2.3 1.2.3+build", "1.2.4 1.2.2")]
    [InlineData("=1.2.3", "1.2.3", "1.2.4")]
    [InlineData("^1.2", "1.2.0 1.9.0", "1.1.9 2.0.0")]
    [InlineData("^1", "1.0.0 1.9.0", "2.0.0")]
    [InlineData("^0.2.3", "0.2.3 0.2.9", "0.3.0 0.2.2")]
    [InlineData("^0.0.3", "0.0.3", "0.0.4")]
    [InlineData("^0.0", "0.0.3", "0.1.0")]
    [InlineData("~1.2.3", "1.2.3 1.2.9", "1.3.0")]
    [InlineData("~1", "1.0.0 1.9.0", "2.0.0")]
    [InlineData("1.x", "1.0.0 1.9.0", "2.0.0 0.9.0")]
    [InlineData("1.2.*", "1.2.7", "1.3.0")]
    [InlineData("1.2", "1.2.7", "1.3.0")]
    [InlineData("*", "0.0.1 9.9.9", "1.0.0-rc.1")]
    [InlineData("", "0.0.1 9.9.9", "x")]
    [InlineData(null, "0.0.1 9.9.9", "x")]
    [InlineData("<=1.2", "1.2.9 0.1.0", "1.3.0")]
    [InlineData(">1.2", "1.3.0", "1.2.9")]
    [InlineData("1.0.0 || ^3", "1.0.0 3.1.0", "1.0.1 2.0.0")]
    [InlineData(">=1.0.0-rc.1", "1.0.0-rc.2 1.0.0 2.0.0", "1.0.0-beta 2.0.0-rc.1")]
    public void Contains_what_it_says(string? range, string inside, string outside)
    {
        DependencyRange.TryParse(range, out var parsed, out _).Should().BeTrue();
        inside.Split(' ').Should().OnlyContain(version => parsed!.Contains(version));
        outside.Split(' ').Should().OnlyContain(version => !parsed!.Contains(version));
    }

    [Theory]
    [InlineData("latest", "latest")]
    [InlineData(">=1.0.0 <", "<")]
    [InlineData("v1.0.0", "v1.0.0")]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("x.1", "x.1")]
    [InlineData(">*", ">*")]
    [InlineData("^99999999999", "^99999999999")]
    [InlineData("[1.0.0,2.0.0)", "[1.0.0")]
    public void Says_which_part_is_wrong(string range, string part)
    {
        DependencyRange.TryParse(range, out _, out var error).Should().BeFalse();
        error.Should().StartWith($"'{part}").And.Contain("write for example");
    }

    [Property]
    public void Never_throws(string? range, string? version)
    {
        if (DependencyRange.TryParse(range, out var parsed, out _))
        {
            _ = parsed.Contains(version);
        }
    }

    [Property]
    public bool A_caret_keeps_the_major_version(byte major, byte minor, byte patch, byte otherMajor, byte otherMinor, byte otherPatch)
    {
        DependencyRange.TryParse($"^{major}.{minor}.{patch}", out var range, out _).Should().BeTrue();
        var (low, version) = ((major, minor, patch), (otherMajor, otherMinor, otherPatch));
        var contained = range!.Contains($"{otherMajor}.{otherMinor}.{otherPatch}");
        return major == 0 || contained == (otherMajor == major && version.CompareTo(low) >= 0);
    }
}
