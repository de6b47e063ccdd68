using DotMac.Plugins.Resources.Tests.Support;
using DotMac.Plugins.Resources.Validation.Config;

namespace DotMac.Plugins.Resources.Tests.Validation.Config;

public sealed class ConfigSchemaCheckerTests
{
    [Theory]
    [InlineData("[]", "", "object")]
    [InlineData("""{"type":"array"}""", "/type", "type: object")]
    [InlineData("""{"properties":{"a":{"type":"strin"}}}""", "/properties/a/type", "did you mean string?")]
    [InlineData("""{"properties":{"a":{"type":[]}}}""", "/properties/a/type", "at least one")]
    [InlineData("""{"properties":[]}""", "/properties", "map")]
    [InlineData("""{"properties":{"a":1}}""", "/properties/a", "a schema is expected")]
    [InlineData("""{"required":"a"}""", "/required", "list of property names")]
    [InlineData("""{"proprties":{}}""", "/proprties", "did you mean properties?")]
    [InlineData("""{"if":{}}""", "/if", "not enforced")]
    [InlineData("""{"properties":{"a":{"minLength":-1}}}""", "/properties/a/minLength", "0 or more")]
    [InlineData("""{"properties":{"a":{"multipleOf":0}}}""", "/properties/a/multipleOf", "above 0")]
    [InlineData("""{"properties":{"a":{"minimum":"1"}}}""", "/properties/a/minimum", "a number")]
    [InlineData("""{"properties":{"a":{"enum":[]}}}""", "/properties/a/enum", "at least one value")]
    [InlineData("""{"properties":{"a":{"pattern":"[a"}}}""", "/properties/a/pattern", "at character")]
    [InlineData("""{"properties":{"a":{"pattern":"^(?=a)"}}}""", "/properties/a/pattern", "look-around")]
    [InlineData("""{"patternProperties":{"(":{}}}""", "/patternProperties/(", "regular expression")]
    [InlineData("""{"properties":{"a":{"$ref":"https://example.com/schema.json"}}}""", "/properties/a/$ref", "inside this schema")]
    [InlineData("""{"properties":{"a":{"$ref":"/etc/passwd"}}}""", "/properties/a/$ref", "inside this schema")]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/b"}}}""", "/properties/a/$ref", "points to nothing")]
    [InlineData("""{"$ref":"#"}""", "/$ref", "circle")]
    [InlineData("""{"properties":{"a":{"x-dotmac-secret":"yes"}}}""", "/properties/a/x-dotmac-secret", "true or false")]
    [InlineData("""{"properties":{"a":{"anyOf":[]}}}""", "/properties/a/anyOf", "at least one")]
    public void Says_what_is_wrong_and_where(string schema, string pointer, string message)
    {
        var error = ConfigSchemaChecker.Check(Json.Element(schema)).Should().ContainSingle().Which;
        error.Pointer.Should().Be(pointer);
        error.Message.Should().Contain(message);
    }

    [Fact]
    public void Finds_circles_through_several_schemas() =>
        ConfigSchemaChecker.Check(Json.Element("""{"$defs":{"a":{"allOf":[{"$ref":"#/$defs/b"}]},"b":{"not":{"$ref":"#/$defs/a"}}},"properties":{"x":{"$ref":"#/$defs/a"}}}"""))
            .Should().NotBeEmpty().And.OnlyContain(error => error.Message.Contains("circle"));

    [Fact]
    public void A_schema_that_doubles_at_every_step_does_not_take_for_ever()
    {
        var definitions = string.Join(',', Enumerable.Range(0, 60).Select(i =>
            $$$$"""
            "d{{{{i}}}}":{"allOf":[{"$ref":"#/$defs/d{{{{i + 1}}}}"},{"$ref":"#/$defs/d{{{{i + 1}}}}"}]}
            """));
        ConfigSchemaChecker.Check(Json.Element($$$$"""{"$defs":{{{{{definitions}}}},"d60":{}},"properties":{"x":{"$ref":"#/$defs/d0"}}}""")).Should().BeEmpty();
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var schema = "{}";
        for (var i = 0; i < 55; i++)
        {
            schema = $$$$"""{"not":{{{{schema}}}}}""";
        }

        ConfigSchemaChecker.Check(Json.Element(schema)).Should().ContainSingle().Which.Message.Should().Contain("deep");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"type":"object","$schema":"https://json-schema.org/draft/2020-12/schema","$id":"x","title":"t","description":"d","default":{},"examples":[{}],"x-anything":{"type":1}}""")]
    [InlineData("""{"properties":{"type":{"type":"string"},"$ref":{"type":"string"},"if":{"const":1}}}""")]
    [InlineData("""{"$defs":{"node":{"type":"object","properties":{"next":{"$ref":"#/$defs/node"}}}},"properties":{"list":{"$ref":"#/$defs/node"}}}""")]
    [InlineData("""{"properties":{"a":true,"b":false},"additionalProperties":{"type":["string","null"]},"patternProperties":{"^x-":{}}}""")]
    [InlineData("""{"properties":{"a":{"items":[{"type":"string"}],"additionalItems":false,"uniqueItems":true,"minItems":1}}}""")]
    public void Takes_what_is_right(string schema)
    {
        ConfigSchemaChecker.Check(Json.Element(schema)).Should().BeEmpty();
        FluentActions.Invoking(() => new ConfigSchemaCache().Get(Json.Element(schema)).Validate(Json.Element("{}"))).Should().NotThrow();
    }
}
