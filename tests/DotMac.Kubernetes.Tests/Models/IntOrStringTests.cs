using System.Text.Json;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Tests.Models;

public sealed class IntOrStringTests
{
    [Theory]
    [InlineData("""{"port":8080}""", 8080, null, "8080")]
    [InlineData("""{"port":"http"}""", null, "http", "http")]
    [InlineData("""{"port":"25%"}""", null, "25%", "25%")]
    public void It_is_read_and_written_as_what_it_is(string json, int? number, string? text, string shown)
    {
        var info = KubernetesJson.Default.TypeInfo<V1HTTPGetAction>();
        var read = JsonSerializer.Deserialize(json, info)!;

        read.Port!.Value.Number.Should().Be(number);
        read.Port.Value.Text.Should().Be(text);
        read.Port.ToString().Should().Be(shown);
        JsonSerializer.Serialize(read, info).Should().Be(json);
    }

    [Fact]
    public void Numbers_and_names_convert_by_themselves()
    {
        IntOrString number = 80;
        IntOrString name = "http";
        number.Should().Be(IntOrString.FromInt32(80)).And.NotBe(IntOrString.FromString("80"));
        name.Should().Be(IntOrString.FromString("http"));
        default(IntOrString).ToString().Should().BeEmpty();
    }
}
