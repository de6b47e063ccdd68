using System.Text;
using DotMac.Operator.Desired;

namespace DotMac.Operator.Tests.Desired;

/// <summary>Written down: a hash that changes with a version of the operator would roll every pod of every tenant.</summary>
public sealed class HashingTests
{
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb924")]
    [InlineData("{}", "44136fa355b3678a1146ad16f7e8649e")]
    public void A_hash_is_the_first_half_of_SHA_256(string text, string expected) => Hashing.Of(Encoding.UTF8.GetBytes(text)).Should().Be(expected);

    [Fact]
    public void A_short_one_is_its_beginning() => Hashing.Short("{}").Should().Be("44136fa3");
}
