using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Tests.Serialization;

public sealed class UnstructuredConverterTests
{
    private const string Object = """
        {
          "kind": "Thing", "apiVersion": "x.io/v1",
          "metadata": { "name": "a", "managedFields": [ { "f": {} } ] },
          "spec": {
            "numbers": [ 1, -0, 1.0, 1.50, 1e3, 12345678901234567890, 0.1000000000000000055511151231257827 ],
            "nested": [ [ ], [ [ 1 ], { } ], { "a": { "b": [ { "c": null } ] } } ],
            "text": "ünïcödé \u00e4 \"quoted\" \\ / \n \ud83d\ude00 <&>",
            "k\u00e4y": true, "no": false, "nothing": null, "empty": ""
          },
          "status": { "deep": [ { "x": [ 1, 2, { } ] } ], "n": 1.0 },
          "data": { }
        }
        """;

    [Fact]
    public void Metadata_status_and_the_rest_are_told_apart()
    {
        var read = Read(Object);

        read.ApiVersion.Should().Be("x.io/v1");
        read.Kind.Should().Be("Thing");
        read.Metadata.Name.Should().Be("a");
        var expected = JsonNode.Parse(Object)!.AsObject();
        JsonNode.DeepEquals(JsonNode.Parse(read.Status.Span), expected["status"]).Should().BeTrue();
        var body = JsonNode.Parse(read.Body.Span)!;
        body.AsObject().Select(static p => p.Key).Should().Equal("spec", "data");
        JsonNode.DeepEquals(body["spec"], expected["spec"]).Should().BeTrue();
    }

    [Fact]
    public void Numbers_are_kept_digit_by_digit_and_letters_as_letters()
    {
        var text = Encoding.UTF8.GetString(Read(Object).Body.Span);

        text.Should().Contain("[1,-0,1.0,1.50,1e3,12345678901234567890,0.1000000000000000055511151231257827]");
        text.Should().Contain("ünïcödé ä").And.Contain("<&>").And.Contain("\"käy\":true");
        Encoding.UTF8.GetString(Read(Object).Status.Span).Should().Be("""{"deep":[{"x":[1,2,{}]}],"n":1.0}""");
    }

    [Fact]
    public void A_value_that_is_no_object_is_kept_too()
    {
        var read = Read("""{"kind":"K","status":"Failure","items":[],"code":404,"flag":true,"none":null}""");

        Encoding.UTF8.GetString(read.Status.Span).Should().Be("\"Failure\"");
        Encoding.UTF8.GetString(read.Body.Span).Should().Be("""{"items":[],"code":404,"flag":true,"none":null}""");
    }

    [Fact]
    public void It_is_written_without_its_status_and_read_as_the_same()
    {
        var read = Read(Object);
        var written = JsonSerializer.Serialize(read, Info);
        var again = Read(written);

        again.Status.IsEmpty.Should().BeTrue();
        again.Should().BeEquivalentTo(read, static o => o.Excluding(static u => u.Status).Excluding(static u => u.Body));
        again.Body.ToArray().Should().Equal(read.Body.ToArray());
        JsonSerializer.Serialize(new Unstructured { ApiVersion = "v1", Kind = "K", Metadata = new() { Name = "n" } }, Info)
            .Should().Be("""{"apiVersion":"v1","kind":"K","metadata":{"name":"n"}}""");
    }

    [Fact]
    public void Two_objects_do_not_share_their_bytes()
    {
        var first = Read("""{"spec":{"a":1}}""");
        var second = Read("""{"spec":{"b":2}}""");

        Encoding.UTF8.GetString(first.Body.Span).Should().Be("""{"spec":{"a":1}}""");
        Encoding.UTF8.GetString(second.Body.Span).Should().Be("""{"spec":{"b":2}}""");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("""{"metadata":{"name":1}}""")]
    [InlineData("""{"spec":""")]
    public void What_is_no_object_is_refused_and_the_next_one_is_read_all_the_same(string json)
    {
        var read = () => Read(json);
        read.Should().Throw<JsonException>();
        Encoding.UTF8.GetString(Read("""{"spec":1}""").Body.Span).Should().Be("""{"spec":1}""");
    }

    private static System.Text.Json.Serialization.Metadata.JsonTypeInfo<Unstructured> Info => KubernetesJson.Default.TypeInfo<Unstructured>();

    private static Unstructured Read(string json) => JsonSerializer.Deserialize(json, Info)!;
}
