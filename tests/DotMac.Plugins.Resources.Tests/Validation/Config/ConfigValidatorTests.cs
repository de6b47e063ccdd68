using DotMac.Plugins.Resources.Tests.Support;
using DotMac.Plugins.Resources.Validation.Config;

namespace DotMac.Plugins.Resources.Tests.Validation.Config;

public sealed class ConfigValidatorTests
{
    private const string Twilio =
        """
        {"type":"object","additionalProperties":false,"required":["accountSid","authToken"],
         "anyOf":[{"required":["phoneNumber"]},{"required":["messagingServiceSid"]}],
         "properties":{
          "accountSid":{"type":"string","pattern":"^AC[0-9a-fA-F]{32}$"},
          "authToken":{"type":"string","minLength":1,"x-dotmac-secret":true},
          "phoneNumber":{"type":"string","pattern":"^\\+[1-9][0-9]{1,14}$"},
          "messagingServiceSid":{"type":"string"},
          "baseUrl":{"type":"string","format":"uri"},
          "retries":{"type":"integer","minimum":0,"maximum":5},
          "region":{"enum":["ie1","us1"]}}}
        """;

    private const string Good = """{"accountSid":"${vault:twilio/sid}","authToken":"${secret:a/b}","phoneNumber":"+15005550006"}""";

    [Fact]
    public void A_good_config_passes() => Check(Twilio, Good).Should().BeEmpty();

    [Fact]
    public void Without_a_schema_only_references_are_checked()
    {
        ConfigValidator.Validate(Json.Element("""{"a":1}"""), null).Should().BeEmpty();
        ConfigValidator.Validate(null, null).Should().BeEmpty();
        ConfigValidator.Validate(Json.Element("""{"a":"${vault:x}"}"""), null).Should().ContainSingle().Which.Pointer.Should().Be("/spec/config/a");
    }

    [Theory]
    [InlineData("""{"a":{"b":["${vault:../other/key}"]}}""", "/spec/config/a/b/0", "column 9")]
    [InlineData("""{"a":"x ${vault:/etc/key}"}""", "/spec/config/a", "must not start with '/'")]
    [InlineData("""{"a":"${vualt:x/y}"}""", "/spec/config/a", "'vault:', 'secret:' or 'env:'")]
    [InlineData("""{"a":"${vault:x/y"}""", "/spec/config/a", "$${")]
    [InlineData("""{"a/b":"${"}""", "/spec/config/a~1b", "column 1")]
    public void Malformed_references_are_named_with_their_column(string config, string pointer, string message)
    {
        var error = ConfigValidator.Validate(Json.Element(config), Json.Element("{}")).Should().ContainSingle().Which;
        error.Pointer.Should().Be(pointer);
        error.Message.Should().Contain(message);
    }

    [Theory]
    [InlineData("""{"authToken":"${secret:a/b}","phoneNumber":"+15005550006"}""", "/spec/config/accountSid: is required; add it")]
    [InlineData("""{"accountSid":"${secret:a/b}","phoneNumber":"+15005550006"}""", "/spec/config/authToken: is required; add it, as a reference: ${secret:name/key} for a Kubernetes Secret or ${vault:path/key} for Vault")]
    [InlineData("""{"accountSid":"${secret:a/b}","authToken":"${secret:a/b}"}""", "/spec/config: lacks one of phoneNumber, messagingServiceSid; add one")]
    [InlineData("""{"accountSid":"nope","authToken":"${secret:a/b}","phoneNumber":"+15005550006"}""", "/spec/config/accountSid: must match the regular expression ^AC[0-9a-fA-F]{32}$")]
    [InlineData("""{"accountSid":"${secret:a/b}","authToken":"${secret:a/b}","phoneNumber":15005550006}""", "/spec/config/phoneNumber: must be a string; put the value in quotes")]
    [InlineData("""{"accountSid":"${secret:a/b}","authToken":"${secret:a/b}","phoneNumber":"+15005550006","retries":"3"}""", "/spec/config/retries: must be a whole number, without quotes")]
    [InlineData("""{"accountSid":"${secret:a/b}","authToken":"${secret:a/b}","phoneNumber":"+15005550006","retries":9}""", "/spec/config/retries: must be at most 5")]
    [InlineData("""{"accountSid":"${secret:a/b}","authToken":"${secret:a/b}","phoneNumber":"+15005550006","region":"de1"}""", "/spec/config/region: must be one of ie1, us1")]
    [InlineData("""{"accountSid":"${secret:a/b}","authToken":"${secret:a/b}","phoneNumber":"+15005550006","baseUrl":"no uri"}""", "/spec/config/baseUrl: must be an absolute URI such as https://api.example.com")]
    [InlineData("""{"accountSid":"${secret:a/b}","authToken":"${secret:a/b}","phoneNumber":"+15005550006","phone_number":"x"}""", "/spec/config/phone_number: is not known to the plugin; did you mean phoneNumber?")]
    [InlineData("""{"accountSid":"${secret:a/b}","authToken":"${secret:a/b}","phoneNumber":"+15005550006","colour":"x"}""", "/spec/config/colour: is not known to the plugin; remove it, or write one of accountSid, authToken, baseUrl, messagingServiceSid, phoneNumber, region, retries")]
    [InlineData("""[]""", "/spec/config: must be an object")]
    public void Errors_name_the_field_and_the_way_out(string config, string expected) =>
        Check(Twilio, config).Should().ContainSingle().Which.Should().Be(expected);

    [Theory]
    [InlineData("\"hunter2-abcdef\"")]
    [InlineData("4711")]
    [InlineData("\"\"")]
    [InlineData("\"$${hunter2}\"")]
    public void A_secret_in_plain_text_is_refused_and_not_repeated(string secret)
    {
        var error = Check(Twilio, $$$$"""{"accountSid":"${secret:a/b}","authToken":{{{{secret}}}},"phoneNumber":"+15005550006"}""").Should().ContainSingle().Which;
        error.Should().StartWith("/spec/config/authToken: is a secret").And.Contain("${secret:name/key}").And.Contain("${vault:path/key}");
        error.Should().NotContain("hunter2").And.NotContain("4711");
    }

    [Theory]
    [InlineData("""{"type":"integer"}""")]
    [InlineData("""{"type":"boolean"}""")]
    [InlineData("""{"type":["integer","null"]}""")]
    [InlineData("""{"type":"string","pattern":"^x$"}""")]
    [InlineData("""{"type":"string","maxLength":3}""")]
    [InlineData("""{"type":"string","format":"ipv4"}""")]
    [InlineData("""{"type":"string","format":"ipv4","pattern":"^1"}""")]
    [InlineData("""{"enum":["a","b"]}""")]
    [InlineData("""{"const":"a"}""")]
    [InlineData("""{"not":{"type":"string"}}""")]
    [InlineData("""{"anyOf":[{"type":"string","pattern":"^a"},{"type":"integer"}]}""")]
    [InlineData("""{"oneOf":[{"type":"string","pattern":"^a"},{"type":"integer"}]}""")]
    [InlineData("""{"allOf":[{"type":"string","pattern":"^a"},{"minLength":99}]}""")]
    [InlineData("""{"$ref":"#/$defs/short"}""")]
    public void A_reference_is_right_wherever_its_value_may_be(string property)
    {
        var schema = $$$$"""{"$defs":{"short":{"type":"string","maxLength":2}},"required":["a"],"properties":{"a":{{{{property}}}},"l":{"items":{{{{property}}}}}},"additionalProperties":{{{{property}}}}}""";
        Check(schema, """{"a":"x${vault:a/b}","l":["${env:A}"],"z":"${secret:s/k}"}""").Should().BeEmpty();
    }

    [Fact]
    public void A_reference_inside_an_alternative_may_make_it_fit()
    {
        const string schema = """{"oneOf":[{"properties":{"mode":{"const":"a"}}},{"properties":{"mode":{"const":"b"}},"required":["b"]}]}""";
        Check(schema, """{"mode":"${env:MODE}"}""").Should().BeEmpty();
        Check(schema, """{"mode":"b"}""").Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"const":1}}}""", """{"a":2}""", "/spec/config/a: must be one of 1")]
    [InlineData("""{"properties":{"a":false}}""", """{"a":2}""", "/spec/config/a: is excluded by the config schema; change or remove it")]
    [InlineData("""{"properties":{"a":{"type":["string","integer"]}}}""", """{"a":true}""", "/spec/config/a: must be a string or a whole number")]
    [InlineData("""{"properties":{"a":{"type":["string","null"],"minLength":3}}}""", """{"a":"x"}""", "/spec/config/a: must have at least 3 characters")]
    [InlineData("""{"properties":{"a":{"type":"array","items":{"type":"object","required":["b"]}}}}""", """{"a":[{"b":1},{}]}""", "/spec/config/a/1/b: is required; add it")]
    [InlineData("""{"additionalProperties":{"type":"integer"}}""", """{"x.y":"s"}""", "/spec/config/x.y: must be a whole number, without quotes")]
    [InlineData("""{"properties":{"a.b":{"additionalProperties":false}}}""", """{"a.b":{"c/d":1}}""", "/spec/config/a.b/c~1d: is not known to the plugin; remove it")]
    [InlineData("""{"oneOf":[{"required":["a"]},{"required":["b"]}]}""", """{"a":1,"b":1}""", "/spec/config: fits several alternatives where exactly one is allowed; keep one of a, b")]
    [InlineData("""{"properties":{"a":{"exclusiveMinimum":0}}}""", """{"a":0}""", "/spec/config/a: must be more than 0")]
    [InlineData("""{"properties":{"a":{"minimum":0,"exclusiveMinimum":true}}}""", """{"a":0}""", "/spec/config/a: must be more than 0")]
    [InlineData("""{"properties":{"a":{"type":"string","format":"uri","pattern":"^https:"}}}""", """{"a":"http://x"}""", "/spec/config/a: must match the regular expression ^https:")]
    [InlineData("""{"properties":{"a":{"uniqueItems":true}}}""", """{"a":[1,1]}""", "/spec/config/a: has an item twice; remove one")]
    [InlineData("""{"required":["a"],"properties":{"a":{"type":"string"}}}""", """{"a":null}""", "/spec/config/a: must be a string")]
    public void Every_part_of_a_schema_counts(string schema, string config, string expected) =>
        Check(schema, config).Should().ContainSingle().Which.Should().Be(expected);

    [Theory]
    [InlineData("""{"properties":{"a":{"type":"integer"}}}""", """{"a":1.0}""")]
    [InlineData("""{"properties":{"a":{"type":"number","maximum":1e20}}}""", """{"a":1e19}""")]
    [InlineData("""{"properties":{"a":{"type":"number"}}}""", """{"a":1e999}""")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":"2026-01-31T12:00:00Z"}""")]
    [InlineData("""{"properties":{"a":{"type":"string","pattern":"^\\$\\{x$"}}}""", """{"a":"$${x"}""")]
    public void Values_are_taken_as_they_are(string schema, string config) => Check(schema, config).Should().BeEmpty();

    [Fact]
    public void A_schema_with_errors_is_reported_as_such() =>
        Check("""{"type":"text"}""", "{}").Should().ContainSingle().Which.Should().StartWith("/spec/plugin: the config cannot be checked").And.Contain("/type");

    [Fact]
    public void A_pattern_cannot_run_away()
    {
        var config = $$$$"""{"a":"{{{{new string('a', 50_000)}}}}!"}""";
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        Check("""{"properties":{"a":{"pattern":"^(a+)+$"}}}""", config).Should().ContainSingle();
        System.Diagnostics.Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_config_that_no_ConfigMap_holds_is_refused() =>
        Check("{}", $$$$"""{"a":"{{{{new string('a', 300_000)}}}}"}""").Should().ContainSingle().Which.Should().Contain("KiB");

    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Check("""{"properties":{"a":{"type":"string"}}}""", """{"a":"\ud800"}""").Should().ContainSingle().Which.Should().Contain("surrogate");

    private static List<string> Check(string schema, string config) =>
        [.. ConfigValidator.Validate(Json.Element(config), Json.Element(schema)).Select(error => error.ToString())];
}
