using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Tests.Serialization;

public sealed class UnstructuredFormatTests
{
    private const string Deployment = """
        {"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"a","namespace":"n","resourceVersion":"7","managedFields":[{"manager":"m","fieldsV1":{"f:spec":{}}}]},
         "spec":{"replicas":1,"text":"q\"u\u00fc","list":[{"a":1.50},null,true]},"status":{"replicas":1,"conditions":[]},"extra":[1, 2]}
        """;

    private static readonly JsonSerializerOptions Reflecting = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    [Fact]
    public void An_object_is_cut_into_metadata_status_and_the_rest()
    {
        var cut = Unstructured.Parse(Encoding.UTF8.GetBytes(Deployment));

        cut.Kind.Should().Be("Deployment");
        cut.ApiVersion.Should().Be("apps/v1");
        cut.Metadata.Name.Should().Be("a");
        cut.Metadata.ResourceVersion.Should().Be("7");
        Text(cut.Status).Should().Be("""{"replicas":1,"conditions":[]}""");
        Text(cut.Body).Should().Be("""{"spec":{"replicas":1,"text":"q\"u\u00fc","list":[{"a":1.50},null,true]},"extra":[1, 2]}""");
    }

    [Fact]
    public void What_is_written_is_the_object_without_its_status()
    {
        var cut = Unstructured.Parse(Encoding.UTF8.GetBytes(Deployment));

        var written = JsonNode.Parse(UnstructuredFormat.Write(cut))!.AsObject();

        written.ContainsKey("status").Should().BeFalse();
        written["metadata"]!.AsObject().ContainsKey("managedFields").Should().BeFalse();
        JsonNode.DeepEquals(written["spec"], JsonNode.Parse(Deployment)!["spec"]).Should().BeTrue();
        written["kind"]!.GetValue<string>().Should().Be("Deployment");
        written["metadata"]!["name"]!.GetValue<string>().Should().Be("a");
    }

    [Theory]
    [InlineData("""{"kind":"ServiceAccount","apiVersion":"v1","metadata":{"name":"a"}}""")]
    [InlineData("""{"metadata":{"name":"a"},"kind":"ServiceAccount","status":null,"apiVersion":"v1"}""")]
    public void An_object_of_nothing_but_metadata_stays_one(string json)
    {
        var cut = Unstructured.Parse(Encoding.UTF8.GetBytes(json));

        Text(cut.Body).Should().Be("{}");
        var written = JsonNode.Parse(UnstructuredFormat.Write(cut))!.AsObject();
        written.Select(static p => p.Key).Should().Equal("apiVersion", "kind", "metadata");
    }

    [Fact]
    public void Metadata_that_is_null_is_empty() =>
        Unstructured.Parse("""{"metadata":null,"spec":{}}"""u8).Metadata.Name.Should().BeNull();

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"spec\":{}")]
    [InlineData("{\"spec\":{}}}")]
    [InlineData("{\"spec\":{}} {}")]
    [InlineData("{\"metadata\":[]}")]
    [InlineData("{\"kind\":1}")]
    public void What_is_no_object_is_refused(string json)
    {
        var parsing = () => Unstructured.Parse(Encoding.UTF8.GetBytes(json));
        parsing.Should().Throw<JsonException>();
    }

    [Fact]
    public void Wherever_the_bytes_are_cut_the_object_is_the_same()
    {
        var bytes = Encoding.UTF8.GetBytes(Deployment);
        var whole = Unstructured.Parse(bytes);
        for (var at = 1; at < bytes.Length; at++)
        {
            var first = new Segment(bytes.AsMemory(0, at), 0);
            var second = first.Append(bytes.AsMemory(at));
            var sequence = new ReadOnlySequence<byte>(first, 0, second, second.Memory.Length);

            var parsed = ObjectJson.Read(sequence, KubernetesJson.Default.TypeInfo<Unstructured>())!;

            parsed.Body.ToArray().Should().Equal(whole.Body.ToArray());
            parsed.Metadata.ResourceVersion.Should().Be("7");
        }
    }

    [Fact]
    public void Inside_another_object_it_is_read_the_same()
    {
        var list = JsonSerializer.Deserialize<Unstructured[]>($"[{Deployment}]", Reflecting)!;

        list.Should().ContainSingle().Which.Metadata.Name.Should().Be("a");
        JsonNode.DeepEquals(JsonNode.Parse(Text(list[0].Body)), JsonNode.Parse(Text(Unstructured.Parse(Encoding.UTF8.GetBytes(Deployment)).Body))).Should().BeTrue();
    }

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
