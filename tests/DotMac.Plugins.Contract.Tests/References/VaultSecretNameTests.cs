using DotMac.Plugins.Contract.References;

namespace DotMac.Plugins.Contract.Tests.References;

public class VaultSecretNameTests
{
    [Theory]
    [InlineData("twilio")]
    [InlineData("a-b")]
    [InlineData("a1234567890123456789012345678901234567890")]
    public void ALabelKeepsItsName(string path) => VaultSecretName.For(path).Should().Be(path);

    // The suffixes are sha256sum's: they are file names in running pods, so they must never change.
    [Theory]
    [InlineData("a/b", "a-b-c14cddc0")]
    [InlineData("Twilio", "twilio-")]
    [InlineData("a12345678901234567890123456789012345678901", "a1234567890123456789012345678901-")]
    [InlineData("_/_", "")]
    public void AnythingElseIsSanitizedAndGetsAHash(string path, string start)
    {
        string name = VaultSecretName.For(path);

        name.Should().StartWith(start).And.HaveLength(Math.Max(start.Length, start.EndsWith('-') || start.Length == 0 ? start.Length + 8 : 0));
        name.Should().NotBe(path);
    }

    [Fact]
    public void PathsThatSanitizeAlikeDoNotShareAName() =>
        new[] { "a/b", "a-b", "a.b", "A/b", "a_b", "a/B" }.Select(VaultSecretName.For).Should().OnlyHaveUniqueItems();

    [Fact]
    public void AnEmptyPathHasNoName() => FluentActions.Invoking(() => VaultSecretName.For("")).Should().Throw<ArgumentException>();
}
