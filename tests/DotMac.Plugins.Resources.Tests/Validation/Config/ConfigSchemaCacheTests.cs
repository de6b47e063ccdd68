using System.Globalization;
using DotMac.Plugins.Resources.Tests.Support;
using DotMac.Plugins.Resources.Validation.Config;

namespace DotMac.Plugins.Resources.Tests.Validation.Config;

public sealed class ConfigSchemaCacheTests
{
    [Fact]
    public void The_same_content_is_compiled_once()
    {
        var cache = new ConfigSchemaCache();
        cache.Get(Json.Element("""{"type":"object"}""")).Should().BeSameAs(cache.Get(Json.Element("""{"type":"object"}""")));
        cache.Count.Should().Be(1);
    }

    [Fact]
    public void The_least_used_is_dropped()
    {
        var cache = new ConfigSchemaCache(capacity: 2);
        var first = cache.Get(Schema(1));
        cache.Get(Schema(2));
        cache.Get(Schema(1)).Should().BeSameAs(first);
        cache.Get(Schema(3));
        cache.Count.Should().Be(2);
        cache.Get(Schema(1)).Should().BeSameAs(first);
    }

    [Fact]
    public void A_bad_schema_is_remembered_as_bad()
    {
        var cache = new ConfigSchemaCache();
        for (var i = 0; i < 2; i++)
        {
            FluentActions.Invoking(() => cache.Get(Json.Element("""{"type":"text"}"""))).Should().Throw<ConfigSchemaException>()
                .Which.Errors.Should().NotBeEmpty();
        }

        cache.Count.Should().Be(1);
    }

    [Fact]
    public void Threads_may_share_it()
    {
        var cache = new ConfigSchemaCache(capacity: 3);
        Parallel.For(0, 500, i => cache.Get(Schema(i % 7)).Validate(Json.Element("""{"a":"xxxxxxxxxx"}""")).Should().HaveCount(1));
        cache.Count.Should().Be(3);
    }

    private static System.Text.Json.JsonElement Schema(int length) =>
        Json.Element($$$$"""{"properties":{"a":{"type":"string","maxLength":{{{{length.ToString(CultureInfo.InvariantCulture)}}}}}}}""");
}
