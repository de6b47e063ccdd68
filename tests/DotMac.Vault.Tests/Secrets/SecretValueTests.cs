using System.Globalization;
using System.Text.Json;
using DotMac.Vault.Secrets;
using FsCheck.Xunit;

namespace DotMac.Vault.Tests.Secrets;

public sealed class SecretValueTests
{
    [Fact]
    public void Nothing_prints_a_secret_but_Reveal()
    {
        var secret = new SecretValue("t0p-s3cret");
        var token = new VaultToken("hvs.t0p-s3cret");
        var texts = new[]
        {
            secret.ToString(), $"{secret}", string.Format(CultureInfo.InvariantCulture, "{0}", secret), JsonSerializer.Serialize(secret), JsonSerializer.Serialize(new { secret }),
            token.ToString(), $"{token}", JsonSerializer.Serialize(token), new { secret, token }.ToString()!,
        };
        texts.Should().OnlyContain(static t => !t.Contains("s3cret") && t.Contains("[redacted]"));
        secret.Reveal().Should().Be("t0p-s3cret");
        token.Reveal().Should().Be("hvs.t0p-s3cret");
    }

    [Fact]
    public void What_is_no_text_keeps_its_type()
    {
        SecretValue.OfJson("""{"a":1}""").IsJson.Should().BeTrue();
        SecretValue.OfJson("\"a\"").Should().Be(new SecretValue("a"));
        SecretValue.OfJson("1").Should().NotBe(new SecretValue("1"));
        FluentActions.Invoking(static () => SecretValue.OfJson("s3cret")).Should().Throw<ArgumentException>().Which.ToString().Should().NotContain("s3cret");
    }

    [Fact]
    public void A_token_with_a_line_break_would_be_two_headers_and_is_none() =>
        FluentActions.Invoking(static () => new VaultToken("hvs.a\r\nX: s3cret")).Should().Throw<ArgumentException>().Which.Message.Should().NotContain("s3cret");

    [Property]
    public void Secrets_are_equal_when_their_texts_are(string left, string right)
    {
        if (left is not null && right is not null)
        {
            new SecretValue(left).Equals(new SecretValue(right)).Should().Be(left == right || System.Text.Encoding.UTF8.GetBytes(left).AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(right)));
            (new SecretValue(left) == new SecretValue(left)).Should().BeTrue();
            new SecretValue(left).GetHashCode().Should().Be(new SecretValue(right).GetHashCode(), "a hash would tell them apart");
        }
    }
}
