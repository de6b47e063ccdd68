using System.Text.Json;
using DotMac.Admin.Config;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DotMac.Admin.Tests.Config;

public sealed class ConfigPlanTests
{
    private const string Secret = "s3cret";

    private static readonly JsonElement Schema = JsonElement.Parse("""
        {
          "type": "object",
          "additionalProperties": false,
          "required": ["authToken"],
          "properties": {
            "authToken": { "type": "string", "minLength": 3, "x-dotmac-secret": true },
            "port": { "type": "integer", "x-dotmac-secret": true },
            "name": { "type": "string" },
            "events": { "type": "object", "properties": { "token": { "type": "string", "x-dotmac-secret": true } } },
            "devices": { "type": "array", "items": { "type": "object", "properties": { "password": { "type": "string", "x-dotmac-secret": true } } } }
          }
        }
        """);

    [Fact]
    public void Secrets_are_taken_out_and_references_to_their_place_are_left()
    {
        var plan = ConfigPlan.Of(
            JsonElement.Parse("""{"auth_token":"s3cret","name":"n","events":{"token":"t-s3cret"},"devices":[{"password":"a-s3cret"},{"password":"${vault:x/y}"}]}"""), Schema, "twilio/abc");
        plan.Errors.Should().BeEmpty();
        plan.Config!.Value.GetRawText().Should().Be(
            """{"authToken":"${vault:twilio/abc/auth_token}","name":"n","events":{"token":"${vault:twilio/abc/events_token}"},"devices":[{"password":"${vault:twilio/abc/devices_0_password}"},{"password":"${vault:x/y}"}]}""");
        plan.Secrets.ToDictionary(static s => s.Key, static s => s.Value.Reveal()).Should().BeEquivalentTo(
            new Dictionary<string, string> { ["auth_token"] = Secret, ["events_token"] = "t-s3cret", ["devices_0_password"] = "a-s3cret" });
    }

    [Theory]
    [InlineData("""{"authToken":"${vault:a/b}"}""")]
    [InlineData("""{"authToken":"${secret:a/b}","name":"plain"}""")]
    [InlineData("""{"authToken":"${env:A}"}""")]
    public void References_stay_as_they_are(string config)
    {
        var plan = ConfigPlan.Of(JsonElement.Parse(config), Schema, "p");
        plan.Secrets.Should().BeEmpty();
        plan.Config!.Value.GetRawText().Should().Be(config);
    }

    [Fact]
    public void What_is_kept_is_what_the_plugin_would_read()
    {
        ConfigPlan.Of(JsonElement.Parse("""{"authToken":"a$${b}"}"""), Schema, "p").Secrets["auth_token"].Reveal().Should().Be("a${b}");
        ConfigPlan.Of(JsonElement.Parse("""{"authToken":"abc","port":5432}"""), Schema, "p").Secrets["port"].IsJson.Should().BeTrue();
    }

    [Fact]
    public void A_secret_that_does_not_fit_is_told_without_being_shown()
    {
        var plan = ConfigPlan.Of(JsonElement.Parse("""{"auth_token":"qz"}"""), Schema, "p");
        plan.Errors.Should().ContainSingle().Which.Pointer.Should().Be("/config_data/auth_token");
        plan.Errors[0].Message.Should().NotContain("qz");
    }

    [Theory]
    [InlineData("""{"auth_token":"***"}""", "/config_data/auth_token")]
    [InlineData("[]", "/config_data")]
    [InlineData("\"text\"", "/config_data")]
    [InlineData("""{"auth_token":"abc","authToken":"def"}""", "/config_data/authToken")]
    public void What_cannot_be_meant_is_an_error(string config, string pointer) =>
        ConfigPlan.Of(JsonElement.Parse(config), Schema, "p").Errors.Select(static e => e.Pointer).Should().Contain(pointer);

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    public void No_config_is_none(string? config) => ConfigPlan.Of(config is null ? null : JsonElement.Parse(config), Schema, "p").Config.Should().BeNull();

    [Property(MaxTest = 500)]
    public Property No_secret_in_plain_text_is_left_in_a_config() => Prop.ForAll(
        Configs.ToArbitrary(),
        static config =>
        {
            var plan = ConfigPlan.Of(JsonElement.Parse(config), Schema, "twilio/abc");
            return plan.Config is null || !plan.Config.Value.GetRawText().Contains(Secret, StringComparison.Ordinal);
        });

    // Texts with the secret in them stand only where the schema says that secrets do.
    private static Gen<string> Configs =>
        from secret in Gen.Elements(Secret, $"{Secret}$${{x}}", $"a{Secret}b", $"ä\u2028{Secret}", "${vault:a/b}", string.Empty)
        from inner in Gen.Elements("token", "Token", "x")
        from many in Gen.Choose(0, 3)
        from snake in Gen.Elements(true, false)
        select JsonSerializer.Serialize(new Dictionary<string, object>
        {
            [snake ? "auth_token" : "authToken"] = secret,
            ["events"] = new Dictionary<string, string> { [inner == "token" ? "token" : "other"] = inner == "token" ? secret : "plain" },
            ["devices"] = Enumerable.Range(0, many).Select(_ => new Dictionary<string, string> { ["password"] = secret }).ToList(),
        });
}
