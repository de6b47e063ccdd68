using DotMac.Plugins.Resources.Tests.Support;
using DotMac.Plugins.Resources.Validation;

namespace DotMac.Plugins.Resources.Tests.Validation;

public sealed class DefinitionValidatorTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public static TheoryData<string, string, string> BadVersions => new()
    {
        { """{"image":"a/b:1"}""", "/spec/versions/0/version", "1.2.3" },
        { """{"version":"1.0","image":"a/b:1"}""", "/spec/versions/0/version", "1.2.3" },
        { """{"version":"1.0.0"}""", "/spec/versions/0/image", "tag" },
        { """{"version":"1.0.0","image":"a/b"}""", "/spec/versions/0/image", "tag" },
        { """{"version":"1.0.0","image":"https://a/b:1"}""", "/spec/versions/0/image", "tag" },
        { """{"version":"1.0.0","image":"a/b:1","configSchema":{"type":"objet"}}""", "/spec/versions/0/configSchema/type", "did you mean object" },
        { """{"version":"1.0.0","image":"a/b:1","configSchema":{"properties":{"x":{"pattern":"("}}}}""", "/spec/versions/0/configSchema/properties/x/pattern", "regular expression" },
        { """{"version":"1.0.0","image":"a/b:1","dependencies":[{"plugin":"b","version":"newest"}]}""", "/spec/versions/0/dependencies/0/version", ">=1.0.0" },
        { """{"version":"1.0.0","image":"a/b:1","dependencies":[{"version":"*"}]}""", "/spec/versions/0/dependencies/0/plugin", "PluginDefinition" },
        { """{"version":"1.0.0","image":"a/b:1","dependencies":[{"plugin":"a"}]}""", "/spec/versions/0/dependencies/0/plugin", "itself" },
        { """{"version":"1.0.0","image":"a/b:1","dependencies":[{"plugin":"b"},{"plugin":"b"}]}""", "/spec/versions/0/dependencies/1/plugin", "second time" },
        { """{"version":"1.0.0","image":"a/b:1","egress":[{"host":"x y"}]}""", "/spec/versions/0/egress/0/host", "DNS name" },
        { """{"version":"1.0.0","image":"a/b:1","operations":[{"name":"Send SMS"}]}""", "/spec/versions/0/operations/0/name", "send_sms" },
        { """{"version":"1.0.0","image":"a/b:1","resources":{"requests":{"cpu":2},"limits":{"cpu":1}}}""", "/spec/versions/0/resources/requests/cpu", "limit" },
    };

    [Theory]
    [MemberData(nameof(BadVersions))]
    public void Names_the_field_and_the_way_out(string version, string pointer, string advice)
    {
        var definition = Json.Read<PluginDefinition>($$$$"""{"metadata":{"name":"a"},"spec":{"versions":[{{{{version}}}}]}}""");
        var error = DefinitionValidator.Validate(definition).Should().ContainSingle().Which;
        error.Pointer.Should().Be(pointer);
        error.Message.Should().Contain(advice);
    }

    [Theory]
    [InlineData("alpine:3")]
    [InlineData("ghcr.io/dotmac/plugin-twilio:1.0.0")]
    [InlineData("localhost:5000/a/b_c/d--e:V1")]
    [InlineData("registry.example.com/a@" + Digest)]
    [InlineData("registry.example.com:443/a:1@" + Digest)]
    public void Takes_images_of_every_form(string image)
    {
        var definition = Make.Definition("1.0.0");
        definition.Spec.Versions![0].Image = image;
        DefinitionValidator.Validate(definition).Should().BeEmpty();
    }

    [Theory]
    [InlineData("1.0.0", "1.0.0")]
    [InlineData("1.0.0+a", "1.0.0+b")]
    public void Versions_must_not_repeat(string one, string other) =>
        DefinitionValidator.Validate(Make.Definition(one, other).With(image: "a/b:1")).Should().ContainSingle().Which.Pointer.Should().Be("/spec/versions/1/version");

    [Fact]
    public void The_default_must_be_listed()
    {
        var definition = Make.Definition("1.0.0", "2.0.0");
        definition.Spec.DefaultVersion = "3.0.0";
        DefinitionValidator.Validate(definition).Should().ContainSingle().Which.ToString()
            .Should().Be("/spec/defaultVersion: is none of spec.versions; write one of 1.0.0, 2.0.0");
    }

    [Fact]
    public void There_must_be_a_version() =>
        DefinitionValidator.Validate(Make.Definition()).Should().ContainSingle().Which.Pointer.Should().Be("/spec/versions");

    [Fact]
    public void An_unknown_category_is_named()
    {
        var definition = Json.Read<PluginDefinition>("""{"metadata":{"name":"a"},"spec":{"category":"games","versions":[{"version":"1.0.0","image":"a:1"}]}}""");
        DefinitionValidator.Validate(definition).Should().ContainSingle().Which.Message.Should().Contain("network-automation");
    }

    [Fact]
    public void Nothing_at_all_is_survived() =>
        DefinitionValidator.Validate(new PluginDefinition { Metadata = null!, Spec = null! }).Select(error => error.Pointer)
            .Should().Equal("/metadata/name", "/spec/versions");

    [Fact]
    public void Null_items_are_survived()
    {
        var definition = Make.Definition("1.0.0");
        definition.Spec.Versions!.Add(null!);
        definition.Spec.Versions[0].Dependencies = [null!];
        definition.Spec.Versions[0].Operations = [null!];
        definition.Spec.DefaultVersion = "9.0.0";
        DefinitionValidator.Validate(definition).Should().NotBeEmpty();
    }
}
