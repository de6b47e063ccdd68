using DotMac.Vault.Client;
using FsCheck.Xunit;

namespace DotMac.Vault.Tests.Client;

public sealed class VaultPathTests
{
    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("a/ b")]
    [InlineData("a\n")]
    [InlineData("a\u0000b")]
    public void What_could_be_another_path_is_refused_and_the_parameter_named(string path) =>
        FluentActions.Invoking(() => VaultPath.Encode(path, "thePath")).Should().Throw<ArgumentException>().WithParameterName("thePath");

    [Theory]
    [InlineData("tenants/acme/twilio", "tenants/acme/twilio")]
    [InlineData("a b/c?d#e", "a%20b/c%3Fd%23e")]
    [InlineData("%2e%2e/a", "%252e%252e/a")]
    [InlineData("...", "...")]
    [InlineData("ä", "%C3%A4")]
    [InlineData("a\\b", "a%5Cb")]
    public void Segments_are_encoded(string path, string encoded) => VaultPath.Encode(path, "path").Should().Be(encoded);

    [Fact]
    public void A_name_is_one_segment() =>
        FluentActions.Invoking(static () => VaultPath.EncodeName("a/b", "name")).Should().Throw<ArgumentException>().WithParameterName("name");

    [Property(MaxTest = 2000)]
    public void Whatever_is_accepted_arrives_as_it_was_meant(string path)
    {
        string encoded;
        try
        {
            encoded = VaultPath.Encode(path ?? string.Empty, "path");
        }
        catch (ArgumentException)
        {
            return;
        }

        var uri = new Uri(new Uri("http://vault:8200/"), $"v1/secret/data/{encoded}");
        uri.Query.Should().BeEmpty();
        Uri.UnescapeDataString(uri.AbsolutePath).Should().Be($"/v1/secret/data/{path}");
    }
}
