using System.Text.Json.Nodes;
using DotMac.Kubernetes.Crds;

namespace DotMac.Kubernetes.Tests.Crds;

public sealed class CrdGeneratorTests
{
    private static readonly XmlDocumentation Docs = XmlDocumentation.Beside(typeof(Widget).Assembly, typeof(CrdGenerator).Assembly);

    private static JsonObject Crd => CrdGenerator.Generate(typeof(Widget), Docs);

    private static JsonNode Version => Crd["spec"]!["versions"]![0]!;

    private static JsonNode Root => Version["schema"]!["openAPIV3Schema"]!;

    private static JsonNode Spec => Root["properties"]!["spec"]!;

    private static string Property(string name) => Spec["properties"]![name]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    [Fact]
    public void Names_the_kind()
    {
        Crd["metadata"]!["name"]!.GetValue<string>().Should().Be("widgets.tests.dotmac.io");
        Crd["spec"]!["scope"]!.GetValue<string>().Should().Be("Namespaced");
        Crd["spec"]!["names"]!.ToJsonString().Should().Be(
            """{"kind":"Widget","listKind":"WidgetList","plural":"widgets","singular":"widget","shortNames":["wd"],"categories":["things"]}""");
    }

    [Fact]
    public void Has_columns_in_their_order_and_a_status_subresource()
    {
        Version["additionalPrinterColumns"]!.ToJsonString().Should().Be(
            """[{"name":"Size","type":"integer","jsonPath":".spec.size"},{"name":"Note","type":"string","jsonPath":".spec.note","description":"What was noted","priority":1}]""");
        Version["subresources"]!.ToJsonString().Should().Be("""{"status":{}}""");
    }

    [Fact]
    public void Requires_spec_when_it_requires_something() => Root["required"]!.ToJsonString().Should().Be("""["spec"]""");

    [Fact]
    public void Says_nothing_of_metadata_but_its_type() =>
        Root["properties"]!["metadata"]!.ToJsonString().Should().Be("""{"type":"object"}""", "structural schemas may restrict name and generateName at most");

    [Theory]
    [InlineData("size", """{"description":"The size in millimetres, see note and DarkBlue.","type":"integer","format":"int32","minimum":1,"maximum":10}""")]
    [InlineData("note", """{"type":"string","pattern":"^[a-z]+$","minLength":2,"maxLength":5}""")]
    [InlineData("colour", """{"description":"The colour. Red: Like blood.","type":"string","enum":["Red","dark-blue"]}""")]
    [InlineData("enabled", """{"type":"boolean"}""")]
    [InlineData("count", """{"type":"integer","format":"int64"}""")]
    [InlineData("since", """{"type":"string","format":"date-time"}""")]
    [InlineData("port", """{"anyOf":[{"type":"integer"},{"type":"string"}],"x-kubernetes-int-or-string":true}""")]
    [InlineData("labels", """{"type":"object","additionalProperties":{"type":"string","maxLength":9},"maxProperties":3}""")]
    [InlineData("numbers", """{"type":"array","items":{"type":"integer","format":"int32","minimum":1},"minItems":1,"maxItems":4}""")]
    [InlineData("parts", """{"type":"array","items":{"description":"A part of a widget.","type":"object","required":["name"],"properties":{"name":{"type":"string"}}}}""")]
    [InlineData("anything", """{"type":"object","x-kubernetes-preserve-unknown-fields":true}""")]
    [InlineData("other-name", """{"type":"string","default":"none"}""")]
    public void Gives_each_property_its_schema(string name, string expected) => Property(name).Should().Be(expected);

    [Fact]
    public void Writes_quantities_as_numbers_or_strings_of_the_servers_form()
    {
        var amount = Spec["properties"]!["limits"]!["additionalProperties"]!;
        amount["x-kubernetes-int-or-string"]!.GetValue<bool>().Should().BeTrue();
        amount["pattern"]!.GetValue<string>().Should().StartWith("^(").And.EndWith("$");
        amount["type"].Should().BeNull("int-or-string has no type of its own");
    }

    [Fact]
    public void Leaves_out_what_is_not_serialized() =>
        Spec["properties"]!.AsObject().Select(property => property.Key).Should().NotContain(["left", "readOnly"]);

    [Fact]
    public void Describes_spec_and_status_by_their_own_classes()
    {
        Spec["description"]!.GetValue<string>().Should().Be("What a widget should be.");
        Root["properties"]!["status"]!["description"]!.GetValue<string>().Should().Be("What was seen of a widget.");
    }

    [Fact]
    public void Gives_status_its_default() =>
        Root["properties"]!["status"]!["default"]!.ToJsonString().Should().Be("""{"observedGeneration":-1}""");

    [Fact]
    public void Gives_conditions_what_Kubernetes_prescribes()
    {
        var conditions = Root["properties"]!["status"]!["properties"]!["conditions"]!;
        conditions["x-kubernetes-list-type"]!.GetValue<string>().Should().Be("map");
        conditions["x-kubernetes-list-map-keys"]!.ToJsonString().Should().Be("""["type"]""");
        conditions["items"]!["required"]!.ToJsonString().Should().Be("""["lastTransitionTime","message","reason","status","type"]""");
        conditions["items"]!["properties"]!["status"]!["enum"]!.ToJsonString().Should().Be("""["True","False","Unknown"]""");
    }

    [Fact]
    public void Writes_rules_only_when_asked()
    {
        Property("size").Should().NotContain("x-kubernetes-validations");
        CrdGenerator.Generate(typeof(Widget), Docs, validationRules: true)["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!["properties"]!["spec"]!
            ["properties"]!["size"]!["x-kubernetes-validations"]!.ToJsonString()
            .Should().Be("""[{"rule":"self == oldSelf","message":"size cannot be changed"}]""");
    }

    [Fact]
    public void Works_without_documentation() =>
        CrdGenerator.Generate(typeof(Widget)).ToJsonString().Should().NotContain("millimetres");

    [Theory]
    [InlineData(typeof(FloatEntity), "Bad.spec.ratio", "floats")]
    [InlineData(typeof(RecursiveEntity), "Bad.spec.children[].children[]", "contains itself")]
    [InlineData(typeof(OpaqueEntity), "Bad.spec.anything", "SchemaPreserveUnknownFields")]
    [InlineData(typeof(ObjectEntity), "Bad.spec.anything", "has no schema")]
    [InlineData(typeof(MisplacedPatternEntity), "Bad.spec.count", "SchemaPattern")]
    [InlineData(typeof(BadPatternEntity), "Bad.spec.name", "pattern")]
    [InlineData(typeof(KeylessListEntity), "Bad.spec.parts", "SchemaRequired")]
    [InlineData(typeof(BadDefaultEntity), "Bad.spec.name", "no JSON")]
    [InlineData(typeof(IntegerKeysEntity), "Bad.spec.names", "keys")]
    public void Refuses_what_a_structural_schema_cannot_say(Type entity, string place, string reason)
    {
        var failure = Assert.Throws<CrdException>(() => CrdGenerator.Generate(entity));
        failure.Place.Should().Be(place);
        failure.Message.Should().Contain(reason);
    }

    [Fact]
    public void Refuses_a_column_type_that_does_not_exist() =>
        FluentActions.Invoking(() => CrdGenerator.Generate(typeof(BadColumnEntity))).Should().Throw<CrdException>().WithMessage("*Bad column X*text*");

    [Fact]
    public void Refuses_a_class_that_is_no_entity() =>
        FluentActions.Invoking(() => CrdGenerator.Generate(typeof(WidgetSpec))).Should().Throw<InvalidOperationException>();
}
