using DotMac.Plugins.Resources.Tests.Support;
using DotMac.Plugins.Resources.Validation.Config;

namespace DotMac.Plugins.Resources.Tests.Validation.Config;

public sealed class SecretFieldsTests
{
    [Theory]
    [InlineData("""{"properties":{"t":{"x-dotmac-secret":true}}}""", """{"t":"x","u":"y"}""", "/t")]
    [InlineData("""{"properties":{"t":{"x-dotmac-secret":false}}}""", """{"t":"x"}""", "")]
    [InlineData("""{"properties":{"t":{"x-dotmac-secret":true}}}""", """{"t":"${secret:a/b}"}""", "/t=ref")]
    [InlineData("""{"properties":{"t":{"x-dotmac-secret":true}}}""", """{"t":"Bearer ${env:TOKEN}"}""", "/t=ref")]
    [InlineData("""{"properties":{"t":{"x-dotmac-secret":true}}}""", """{"t":"$${not a reference}"}""", "/t")]
    [InlineData("""{"properties":{"t":{"x-dotmac-secret":true}}}""", """{"t":12345}""", "/t")]
    [InlineData("""{"properties":{"t":{"x-dotmac-secret":true}}}""", """{"t":null}""", "")]
    [InlineData("""{"properties":{"t":{"x-dotmac-secret":true}}}""", """{"t":{"a":["x"]}}""", "/t/a/0")]
    [InlineData("""{"properties":{"l":{"items":{"properties":{"k":{"x-dotmac-secret":true}}}}}}""", """{"l":[{"k":"x"},{"k":"y"}]}""", "/l/0/k /l/1/k")]
    [InlineData("""{"properties":{"l":{"items":[{},{"x-dotmac-secret":true}],"additionalItems":{"x-dotmac-secret":true}}}}""", """{"l":["a","b","c"]}""", "/l/1 /l/2")]
    [InlineData("""{"additionalProperties":{"x-dotmac-secret":true},"properties":{"a":{}}}""", """{"a":"x","b":"y"}""", "/b")]
    [InlineData("""{"patternProperties":{"_key$":{"x-dotmac-secret":true}}}""", """{"a_key":"x","b":"y"}""", "/a_key")]
    [InlineData("""{"anyOf":[{"properties":{"t":{}}},{"properties":{"t":{"x-dotmac-secret":true}}}]}""", """{"t":"x"}""", "/t")]
    [InlineData("""{"$defs":{"s":{"x-dotmac-secret":true}},"properties":{"t":{"$ref":"#/$defs/s"}}}""", """{"t":"x"}""", "/t")]
    [InlineData("""{"$defs":{"s":{"$ref":"#/$defs/s"}},"properties":{"t":{"$ref":"#/$defs/s"}}}""", """{"t":"x"}""", "")]
    [InlineData("""{"x-dotmac-secret":true}""", """{"a":{"b":true}}""", "/a/b")]
    public void Finds_secrets_wherever_the_schema_puts_them(string schema, string config, string expected) =>
        string.Join(' ', SecretFields.Locate(Json.Element(config), Json.Element(schema)).Select(field => field.Pointer + (field.IsReference ? "=ref" : "")))
            .Should().Be(expected);
}
