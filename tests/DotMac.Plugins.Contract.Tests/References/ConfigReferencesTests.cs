using System.Text.Json;
using DotMac.Plugins.Contract.References;

namespace DotMac.Plugins.Contract.Tests.References;

public class ConfigReferencesTests
{
    [Fact]
    public void ReferencesAreFoundAtAnyDepthWithTheirPointers()
    {
        ConfigReferenceScan scan = Scan("""
            { "a": "${vault:x/y}", "n": 1, "b": true, "z": null, "list": ["plain", { "k/ey~": "u${env:U}:${secret:s/p}@" }], "": "${env:E}" }
            """);

        scan.Errors.Should().BeEmpty();
        scan.References.Should().Equal(
            new LocatedReference("/a", new ConfigReference(ReferenceKind.Vault, "x", "y")),
            new LocatedReference("/list/1/k~1ey~0", new ConfigReference(ReferenceKind.Env, "", "U")),
            new LocatedReference("/list/1/k~1ey~0", new ConfigReference(ReferenceKind.Secret, "s", "p")),
            new LocatedReference("/", new ConfigReference(ReferenceKind.Env, "", "E")));
    }

    [Fact]
    public void EveryBrokenStringIsReportedAndTheOthersAreStillFound()
    {
        ConfigReferenceScan scan = Scan("""{ "a": "${nope:x}", "b": ["x${vault:..}", "${env:OK}"] }""");

        scan.References.Select(located => located.Pointer).Should().Equal("/b/1");
        scan.Errors.Select(error => (error.Pointer, error.Column)).Should().Equal(("/a", 3), ("/b/0", 10));
    }

    [Fact]
    public void AStringAloneIsAConfigToo() => Scan("\"${env:A}\"").References.Single().Pointer.Should().Be(JsonPointer.Root);

    [Fact]
    public void AnUndefinedElementHoldsNothing()
    {
        ConfigReferenceScan scan = ConfigReferences.Scan(default);
        scan.References.Should().BeEmpty();
        scan.Errors.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{ "a": "\ud800" }""")]
    [InlineData("""{ "\ud800": "a" }""")]
    public void HalfASurrogatePairIsAnErrorNotACrash(string json) =>
        Scan(json).Errors.Should().ContainSingle().Which.Message.Should().Contain("surrogate");

    private static ConfigReferenceScan Scan(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ConfigReferences.Scan(document.RootElement);
    }
}
