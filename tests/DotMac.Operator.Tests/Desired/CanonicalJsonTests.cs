using System.Text;
using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;
using FsCheck.Xunit;

namespace DotMac.Operator.Tests.Desired;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 300)]
public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{"b":1,"a":2}""", """{"a":2,"b":1}""")]
    [InlineData("""{ "a" : [ 3, 1, { "z": null, "y": true } ] }""", """{"a":[3,1,{"y":true,"z":null}]}""")]
    [InlineData("""{"Z":1,"a":1,"_":1}""", """{"Z":1,"_":1,"a":1}""")]
    [InlineData("""{"a":"\u0041"}""", """{"a":"A"}""")]
    [InlineData("""{"n":[1.0,1e3,12345678901234567890]}""", """{"n":[1.0,1e3,12345678901234567890]}""")]
    [InlineData("{}", "{}")]
    public void Members_are_sorted_and_numbers_stay_as_written(string json, string expected) => Of(json).Should().Be(expected);

    [Property]
    public void Order_does_not_matter(RandomConfig config, int seed) => Of(config.Shuffled(seed).Text).Should().Be(Of(config.Text));

    [Property]
    public void It_means_what_the_original_means_and_is_its_own_canonical_form(RandomConfig config)
    {
        var text = Of(config.Text);
        System.Text.Json.JsonElement.DeepEquals(Given.Json(text), config.Element).Should().BeTrue();
        Of(text).Should().Be(text);
    }

    [Property]
    public void Configs_that_differ_stay_different(RandomConfig left, RandomConfig right) =>
        (Of(left.Text) == Of(right.Text)).Should().Be(System.Text.Json.JsonElement.DeepEquals(left.Element, right.Element));

    private static string Of(string json) => Encoding.UTF8.GetString(CanonicalJson.Of(Given.Json(json)));
}
