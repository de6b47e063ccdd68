using DotMac.Operator.Auditing;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DotMac.Operator.Tests.Auditing;

public sealed class SpecAuditTests
{
    private const string Schema = """{"type":"object","properties":{"authToken":{"type":"string","x-dotmac-secret":true},"phoneNumber":{"type":"string"}}}""";

    [Fact]
    public void A_new_plugin_is_installed_and_its_secrets_are_masked()
    {
        var change = Of(null, """{"plugin":"twilio","config":{"authToken":"plain","phoneNumber":"+1","other":"${vault:a/b}"}}""").Should().ContainSingle().Subject;
        change.Operation.Should().Be("install");
        change.Before.Should().BeNull();
        change.After!.ToJsonString().Should().Be("""{"plugin":"twilio","config":{"authToken":"***","phoneNumber":"\u002B1","other":"${vault:a/b}"}}""");
    }

    [Theory]
    [InlineData("""{"plugin":"t"}""", """{"plugin":"t"}""")]
    [InlineData("""{"plugin":"t","enabled":true}""", """{"plugin":"t","enabled":false}""", "deactivate /enabled")]
    [InlineData("""{"plugin":"t","enabled":false}""", """{"plugin":"t","enabled":true}""", "activate /enabled")]
    [InlineData("""{"plugin":"t","enabled":false}""", """{"plugin":"t"}""", "activate /enabled")]
    [InlineData("""{"plugin":"t"}""", """{"plugin":"t","version":"2.0.0"}""", "upgrade /version")]
    [InlineData("""{"plugin":"t","config":{"phoneNumber":"1","a":{"b/c":1}}}""", """{"plugin":"t","config":{"phoneNumber":"2","a":{"b/c":2}}}""", "configure /config/a/b~1c /config/phoneNumber")]
    [InlineData("""{"plugin":"t","replicas":1,"version":"1.0.0"}""", """{"plugin":"t","replicas":2,"version":"2.0.0","enabled":false}""", "configure /replicas", "deactivate /enabled", "upgrade /version")]
    public void A_change_is_told_by_what_it_does(string before, string after, params string[] expected) =>
        Of(before, after).Select(static c => $"{c.Operation} {string.Join(' ', c.Changed)}").Should().Equal(expected);

    [Fact]
    public void Only_what_changed_is_told_and_a_secret_that_changed_by_its_place_alone()
    {
        var change = Of(
            """{"plugin":"t","replicas":1,"config":{"authToken":"one","phoneNumber":"1"}}""",
            """{"plugin":"t","replicas":1,"config":{"authToken":"two","phoneNumber":"1"}}""").Should().ContainSingle().Subject;
        change.Changed.Should().Equal("/config/authToken");
        change.Before!.ToJsonString().Should().Be("""{"config":{"authToken":"***"}}""");
        change.After!.ToJsonString().Should().Be("""{"config":{"authToken":"***"}}""");
    }

    [Fact]
    public void What_is_new_has_no_before()
    {
        var change = Of("""{"plugin":"t"}""", """{"plugin":"t","config":{"phoneNumber":"1"}}""").Should().ContainSingle().Subject;
        change.Before.Should().BeNull();
        change.After!.ToJsonString().Should().Be("""{"config":{"phoneNumber":"1"}}""");
    }

    [Fact]
    public void Without_a_schema_nothing_is_known_to_be_harmless()
    {
        var after = SpecAudit.Of(null, Spec("""{"plugin":"t","config":{"phoneNumber":"1","list":[1,true,"${secret:a/b}","x${secret:a/b}"]}}"""), null)[0].After!;
        after["config"]!.ToJsonString().Should().Be("""{"phoneNumber":"***","list":["***","***","${secret:a/b}","***"]}""");
    }

    [Theory]
    [InlineData("api_key")]
    [InlineData("API-KEY")]
    [InlineData("dbPassword")]
    [InlineData("clientSecret")]
    [InlineData("webhookToken")]
    [InlineData("credentials")]
    public void A_name_that_speaks_of_secrets_is_believed_whatever_the_schema_says(string name) =>
        Of(null, $$"""{"plugin":"t","config":{"{{name}}":["plain"]} }""")[0].After!.ToJsonString().Should().NotContain("plain");

    [Property(MaxTest = 300)]
    public Property No_secret_gets_into_the_trail() => Prop.ForAll(
        Arb.From(from depth in Gen.Choose(0, 3)
                 from inList in Gen.Elements(true, false)
                 from known in Gen.Elements(true, false)
                 select (depth, inList, known)),
        static test =>
        {
            const string Value = "s3cr3t-value";
            var value = test.inList ? $$"""["{{Value}}",{"deep":"{{Value}}"}]""" : $"\"{Value}\"";
            var config = $$"""{"authToken":{{value}}}""";
            var schema = """{"properties":{"authToken":{"x-dotmac-secret":true}}}""";
            for (var i = 0; i < test.depth; i++)
            {
                (config, schema) = ($$"""{"level":{{config}}}""", $$$"""{"properties":{"level":{{{schema}}}}}""");
            }

            var spec = Spec($$$"""{"plugin":"t","config":{{{config}}}}""");
            foreach (var change in SpecAudit.Of(Spec("""{"plugin":"t"}"""), spec, test.known ? Given.Json(schema) : null).Concat(SpecAudit.Of(spec, null, test.known ? Given.Json(schema) : null)))
            {
                $"{change.Before?.ToJsonString()}{change.After?.ToJsonString()}".Should().NotContain(Value);
            }
        });

    private static IReadOnlyList<SpecChange> Of(string? before, string after) => SpecAudit.Of(before is null ? null : Spec(before), Spec(after), Given.Json(Schema));

    private static TenantPluginSpec Spec(string json) => Given.Read<TenantPluginSpec>(json);
}
