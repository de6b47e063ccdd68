using System.Text.Json;
using DotMac.Plugins.Resources.Tests.Support;
using DotMac.Plugins.Resources.Validation;

namespace DotMac.Plugins.Resources.Tests.Serialization;

public sealed class ConfigElementConverterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    public void A_config_is_read_as_it_is(int levels)
    {
        var plugin = Read(levels);
        plugin.Spec.Config!.Value.GetRawText().Should().Be(Nested(levels));
        TenantPluginValidator.Validate(plugin).Should().BeEmpty();
        Json.Write(plugin).Should().Contain(Nested(levels));
    }

    [Theory]
    [InlineData(33)]
    [InlineData(10_000)]
    public void One_that_is_deeper_is_not_read_and_its_author_is_told(int levels)
    {
        var plugin = Read(levels);
        plugin.Spec.Config!.Value.ValueKind.Should().Be(JsonValueKind.String, "nobody walks into it");
        TenantPluginValidator.Validate(plugin).Should().ContainSingle().Which.Should().Match<ValidationError>(static e => e.Pointer == "/spec/config" && e.Message.Contains("32 levels"));
        plugin.Spec.Replicas.Should().Be(3, "what follows is read");
    }

    [Fact]
    public void Width_is_not_depth()
    {
        var wide = $"{{{string.Join(',', Enumerable.Range(0, 1000).Select(static i => $"\"k{i}\":{{\"a\":[{{}}]}}"))}}}";
        Json.Read<TenantPlugin>($$$"""{"metadata":{"name":"a"},"spec":{"plugin":"a","config":{{{wide}}}}}""").Spec.Config!.Value.ValueKind.Should().Be(JsonValueKind.Object);
    }

    private static TenantPlugin Read(int levels) =>
        Json.Read<TenantPlugin>($$$"""{"metadata":{"name":"a"},"spec":{"plugin":"a","config":{{{Nested(levels)}}},"replicas":3}}""");

    private static string Nested(int levels) => string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + "{}" + new string('}', levels - 1);
}
