using System.Text.Json;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;
using FsCheck.Xunit;

namespace DotMac.Kubernetes.Tests.Models;

/// <summary>The notation of k8s.io/apimachinery/pkg/api/resource; the tables are from its documentation and its own tests.</summary>
public sealed class ResourceQuantityTests
{
    private static readonly string[] Suffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "Ki", "Mi", "Gi", "Ti", "Pi", "e3", "E6", "e-3"];

    [Theory]
    [InlineData("0", 0)]
    [InlineData("100m", 0.1)]
    [InlineData("0.1", 0.1)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("+7", 7)]
    [InlineData("-7", -7)]
    [InlineData("1n", 0.000000001)]
    [InlineData("1u", 0.000001)]
    [InlineData("1k", 1000)]
    [InlineData("1Ki", 1024)]
    [InlineData("256Mi", 268435456)]
    [InlineData("1.5Gi", 1610612736)]
    [InlineData("1G", 1000000000)]
    [InlineData("2e3", 2000)]
    [InlineData("2E3", 2000)]
    [InlineData("1E", 1000000000000000000)]
    [InlineData("12e-1", 1.2)]
    [InlineData("128974848", 128974848)]
    [InlineData("129e6", 129000000)]
    [InlineData("129M", 129000000)]
    [InlineData("123Mi", 128974848)]
    public void Text_is_read_as_the_amount_that_kubernetes_means(string text, double amount) =>
        ResourceQuantity.Parse(text).Value.Should().Be((decimal)amount);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("0.0", "0")]
    [InlineData("0Ki", "0")]
    [InlineData("100m", "100m")]
    [InlineData("0.1", "100m")]
    [InlineData("1.5", "1500m")]
    [InlineData("1500m", "1500m")]
    [InlineData("1000m", "1")]
    [InlineData("1000", "1k")]
    [InlineData("1024", "1024")]
    [InlineData("1024Ki", "1Mi")]
    [InlineData("0.5Gi", "512Mi")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("0.5Ki", "512")]
    [InlineData("0.1Gi", "107374182400m")]
    [InlineData("1536Ki", "1536Ki")]
    [InlineData("2e3", "2e3")]
    [InlineData("2000e3", "2e6")]
    [InlineData("12e-1", "1200e-3")]
    [InlineData("-1.5Gi", "-1536Mi")]
    [InlineData("0.0000000001", "1n")]
    [InlineData("-0.0000000001", "-1n")]
    [InlineData("1.00000000001", "1000000001n")]
    public void Text_is_written_as_the_api_server_stores_it(string text, string canonical) =>
        ResourceQuantity.Parse(text).ToString().Should().Be(canonical);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("1 Gi")]
    [InlineData("Gi")]
    [InlineData("1gi")]
    [InlineData("1KI")]
    [InlineData("1K")]
    [InlineData("1e")]
    [InlineData("1e3.5")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("0x10")]
    [InlineData("1,5")]
    [InlineData("1e99")]
    [InlineData("99999999999999999999E")]
    [InlineData("ten")]
    public void What_is_not_a_quantity_is_refused(string? text)
    {
        ResourceQuantity.TryParse(text, out _).Should().BeFalse();
        if (text is not null)
        {
            var parse = () => ResourceQuantity.Parse(text);
            parse.Should().Throw<FormatException>().WithMessage($"'{text}' is not a quantity*");
        }
    }

    [Fact]
    public void The_largest_suffix_is_exact() => ResourceQuantity.Parse("1Ei").Value.Should().Be(1152921504606846976m);

    [Fact]
    public void Equality_and_order_are_of_amounts()
    {
        var cpu = ResourceQuantity.Parse("0.1");
        (cpu == ResourceQuantity.Parse("100m")).Should().BeTrue();
        cpu.GetHashCode().Should().Be(ResourceQuantity.Parse("100m").GetHashCode());
        (cpu != ResourceQuantity.Parse("101m")).Should().BeTrue();
        (ResourceQuantity.Parse("1Gi") > ResourceQuantity.Parse("1G")).Should().BeTrue();
        (ResourceQuantity.Parse("1Gi") >= ResourceQuantity.Parse("1024Mi")).Should().BeTrue();
        (ResourceQuantity.Parse("999m") < ResourceQuantity.Parse("1")).Should().BeTrue();
        cpu.Equals((object)"0.1").Should().BeFalse();
    }

    [Property(MaxTest = 500)]
    public bool What_is_written_is_read_as_the_same_amount_and_written_the_same_again(int number, byte suffix, byte fraction)
    {
        var text = FormattableString.Invariant($"{number}.{fraction}{Suffixes[suffix % Suffixes.Length]}");
        var quantity = ResourceQuantity.Parse(text);
        var written = quantity.ToString();
        return ResourceQuantity.Parse(written) == quantity && ResourceQuantity.Parse(written).ToString() == written && !written.Contains('.', StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_it_as_text_and_may_have_it_as_a_number()
    {
        var info = KubernetesJson.Default.TypeInfo<V1ResourceRequirements>();
        var read = JsonSerializer.Deserialize("""{"limits":{"memory":"0.25Gi","cpu":2}}""", info)!;

        read.Limits!["memory"].Value.Should().Be(268435456);
        JsonSerializer.Serialize(read, info).Should().Be("""{"limits":{"memory":"256Mi","cpu":"2"}}""");
        var wrong = () => JsonSerializer.Deserialize("""{"limits":{"memory":"much"}}""", info);
        wrong.Should().Throw<JsonException>();
        var boolean = () => JsonSerializer.Deserialize("""{"limits":{"memory":true}}""", info);
        boolean.Should().Throw<JsonException>();
    }
}
