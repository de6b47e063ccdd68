using System.Text.Json;
using DotMac.Admin.Config;
using DotMac.Admin.Problems;

namespace DotMac.Admin.Tests.Config;

public sealed class ConfigNamesTests
{
    private static readonly JsonElement Schema = JsonElement.Parse("""
        {
          "type": "object",
          "properties": {
            "accountSid": { "type": "string" },
            "snake_already": { "type": "string" },
            "events": { "type": "object", "properties": { "targetUrl": { "type": "string" } } },
            "devices": { "type": "array", "items": { "$ref": "#/$defs/device" } },
            "labels": { "type": "object", "additionalProperties": { "type": "object", "properties": { "innerName": {} } } }
          },
          "anyOf": [ { "properties": { "otherName": {} } } ],
          "$defs": { "device": { "properties": { "hostName": { "type": "string" } } } }
        }
        """);

    [Theory]
    [InlineData("""{"account_sid":"x"}""", """{"accountSid":"x"}""")]
    [InlineData("""{"accountSid":"x"}""", """{"accountSid":"x"}""")]
    [InlineData("""{"snake_already":"x","unknown_name":1}""", """{"snake_already":"x","unknown_name":1}""")]
    [InlineData("""{"events":{"target_url":"x"}}""", """{"events":{"targetUrl":"x"}}""")]
    [InlineData("""{"devices":[{"host_name":"a"},{"hostName":"b"}]}""", """{"devices":[{"hostName":"a"},{"hostName":"b"}]}""")]
    [InlineData("""{"labels":{"my_key":{"inner_name":1}}}""", """{"labels":{"my_key":{"innerName":1}}}""")]
    [InlineData("""{"other_name":null}""", """{"otherName":null}""")]
    [InlineData("""{"events":"not an object","devices":{"host_name":1}}""", """{"events":"not an object","devices":{"host_name":1}}""")]
    public void Names_that_the_schema_knows_are_found_in_either_form(string given, string expected)
    {
        var errors = new List<FieldError>();
        ConfigNames.ToSchema(JsonElement.Parse(given), Schema, errors)!.ToJsonString().Should().Be(expected);
        errors.Should().BeEmpty();
    }

    [Fact]
    public void A_field_under_both_names_is_an_error_and_not_a_choice()
    {
        var errors = new List<FieldError>();
        ConfigNames.ToSchema(JsonElement.Parse("""{"accountSid":"a","account_sid":"b"}"""), Schema, errors);
        errors.Should().ContainSingle().Which.Pointer.Should().Be("/account_sid");
    }

    [Fact]
    public void What_is_shown_in_the_guides_form_comes_back_as_it_was()
    {
        var config = JsonElement.Parse("""{"accountSid":"x","events":{"targetUrl":"y"},"devices":[{"hostName":"z"}],"labels":{"myKey":{"innerName":1}}}""");
        var guide = ConfigNames.ToGuide(config, Schema)!;
        guide.ToJsonString().Should().Be("""{"account_sid":"x","events":{"target_url":"y"},"devices":[{"host_name":"z"}],"labels":{"myKey":{"inner_name":1}}}""");
        ConfigNames.ToSchema(JsonSerializer.SerializeToElement(guide), Schema, [])!.ToJsonString().Should().Be(config.GetRawText());
    }

    [Theory]
    [InlineData("/accountSid", "/account_sid")]
    [InlineData("/events/targetUrl", "/events/target_url")]
    [InlineData("/devices/3/hostName", "/devices/3/host_name")]
    [InlineData("/labels/myKey/innerName", "/labels/myKey/inner_name")]
    [InlineData("", "")]
    [InlineData("/unknownName", "/unknownName")]
    public void Pointers_are_given_in_the_guides_form(string pointer, string expected) => ConfigNames.PointerToGuide(pointer, Schema).Should().Be(expected);
}
