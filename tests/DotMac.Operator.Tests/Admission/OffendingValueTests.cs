using DotMac.Operator.Admission;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources.Validation;

namespace DotMac.Operator.Tests.Admission;

public sealed class OffendingValueTests
{
    private const string Schema = """{"type":"object","properties":{"phone":{"type":"string"},"pin":{"type":"string","x-dotmac-secret":true},"list":{"type":"array"}}}""";

    [Theory]
    [InlineData("/spec/replicas", "is wrong (it is 1000)")]
    [InlineData("/spec/enabled", "is wrong (it is true)")]
    [InlineData("/spec/config/phone", "is wrong (it is \"0800-call-me\")")]
    [InlineData("/spec/config/list/1", "is wrong (it is \"b c\")")]
    [InlineData("/spec/config/pin", "is wrong")]
    [InlineData("/spec/config/apiKey", "is wrong")]
    [InlineData("/spec/config/missing", "is wrong")]
    [InlineData("/spec/config", "is wrong")]
    [InlineData("", "is wrong")]
    public void A_value_is_shown_unless_it_could_be_a_secret(string pointer, string message) => Show(pointer, Schema).Should().Be(message);

    [Fact]
    public void Where_the_schema_is_not_known_any_config_could_be_secret()
    {
        Show("/spec/config/phone", null).Should().Be("is wrong");
        Show("/spec/replicas", null).Should().Contain("1000");
    }

    [Fact]
    public void A_long_value_is_cut_and_one_that_is_told_already_is_not_told_twice()
    {
        Show("/spec/config/long", Schema).Length.Should().BeLessThan(100);
        OffendingValue.Show([new ValidationError("/spec/replicas", "1000 is too much")], Plugin, null).Single().Message.Should().Be("1000 is too much");
    }

    private static System.Text.Json.JsonElement Plugin => Given.Json(
        """{"spec":{"replicas":1000,"enabled":true,"config":{"phone":"0800-call-me","pin":"1234","apiKey":"hunter2","list":["a","b\nc"],"long":"LONG"}}}"""
            .Replace("LONG", new string('x', 5000), StringComparison.Ordinal));

    private static string Show(string pointer, string? schema) =>
        OffendingValue.Show([new ValidationError(pointer, "is wrong")], Plugin, schema is null ? null : Given.Json(schema)).Single().Message;
}
