using DotMac.Plugins.Contract.References;

namespace DotMac.Plugins.Contract.Tests.References;

public class ConfigTemplateTests
{
    [Theory]
    [InlineData("${vault:twilio/auth_token}", ReferenceKind.Vault, "twilio", "auth_token")]
    [InlineData("${vault:a/b/key}", ReferenceKind.Vault, "a/b", "key")]
    [InlineData("${vault:a.b/c~d@e=f,g:h/K_1}", ReferenceKind.Vault, "a.b/c~d@e=f,g:h", "K_1")]
    [InlineData("${secret:twilio/auth-token}", ReferenceKind.Secret, "twilio", "auth-token")]
    [InlineData("${secret:a.b-c.d/.dockerconfigjson}", ReferenceKind.Secret, "a.b-c.d", ".dockerconfigjson")]
    [InlineData("${env:_HTTP_PROXY1}", ReferenceKind.Env, "", "_HTTP_PROXY1")]
    public void AReferenceIsTakenApart(string text, ReferenceKind kind, string path, string key)
    {
        var template = ConfigTemplate.Parse(text);

        template.HasReferences.Should().BeTrue();
        template.References.Should().Equal(new ConfigReference(kind, path, key));
        template.References[0].ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("$", "$")]
    [InlineData("a$b$$c", "a$b$$c")]
    [InlineData("}{", "}{")]
    [InlineData("$${", "${")]
    [InlineData("$${vault:a/b}", "${vault:a/b}")]
    [InlineData("$$${x", "$${x")]
    [InlineData("$$$${x", "$$${x")]
    public void TextWithoutReferencesRendersUnescaped(string text, string expected)
    {
        var template = ConfigTemplate.Parse(text);

        template.HasReferences.Should().BeFalse();
        template.Render(_ => throw new InvalidOperationException("There is nothing to resolve.")).Should().Be(expected);
    }

    [Fact]
    public void ValuesGoInOnceAndAreNotParsedAgain()
    {
        var template = ConfigTemplate.Parse("https://${env:HOST}/${vault:a/k}?$${x}&${env:HOST}");

        template.References.Should().HaveCount(3);
        template.Render(reference => reference.Kind == ReferenceKind.Env ? "h" : "${env:OTHER}").Should().Be("https://h/${env:OTHER}?${x}&h");
    }

    [Theory]
    [InlineData("ab${vault:a/b", 3, "no '}' closes")]
    [InlineData("${", 1, "no '}' closes")]
    [InlineData("${}", 3, "starts with its kind")]
    [InlineData("${foo:a/b}", 3, "starts with its kind")]
    [InlineData("${Vault:a/b}", 3, "lower case")]
    [InlineData("${ vault:a/b}", 3, "starts with its kind")]
    [InlineData("${vault}", 3, "starts with its kind")]
    [InlineData("${vault:}", 9, "names nothing")]
    [InlineData("${vault:key}", 9, "key is missing")]
    [InlineData("${vault:/a/b}", 9, "must not start with '/'")]
    [InlineData("${vault:a/}", 11, "key is empty")]
    [InlineData("${vault:a//b}", 11, "path segment is empty")]
    [InlineData("${vault:../b}", 9, "'.' and '..' are not allowed")]
    [InlineData("${vault:a/../b}", 11, "'.' and '..' are not allowed")]
    [InlineData("${vault:a/./b}", 11, "'.' and '..' are not allowed")]
    [InlineData("${vault:a/..}", 11, "'.' and '..' are not allowed")]
    [InlineData("${vault:a\\b/c}", 10, "backslash")]
    [InlineData("${vault:a%2e/c}", 10, "Percent-encoding")]
    [InlineData("${vault:a b/c}", 10, "Whitespace")]
    [InlineData("${vault:a\nb/c}", 10, "Whitespace")]
    [InlineData("${vault:a\u0001b/c}", 10, "Control")]
    [InlineData("${vault:a*/c}", 10, "Only letters")]
    [InlineData("${vault:+/c}", 9, "Only letters")]
    [InlineData("${vault:a/${env:X}}", 11, "Only letters")]
    [InlineData("${vault:ä/c}", 9, "Only letters")]
    [InlineData("${secret:a}", 10, "missing")]
    [InlineData("${secret:/k}", 10, "missing")]
    [InlineData("${secret:a/}", 10, "missing")]
    [InlineData("${secret:a/b/c}", 13, "more than one '/'")]
    [InlineData("${secret:A/b}", 10, "DNS subdomain")]
    [InlineData("${secret:a..b/k}", 10, "DNS subdomain")]
    [InlineData("${secret:../k}", 10, "DNS subdomain")]
    [InlineData("${secret:a/..}", 12, "must not be '.' or start with '..'")]
    [InlineData("${secret:a/..data}", 12, "must not be '.' or start with '..'")]
    [InlineData("${secret:a/.}", 12, "must not be '.' or start with '..'")]
    [InlineData("${secret:a/k@}", 13, "Only letters")]
    [InlineData("${env:}", 7, "name is missing")]
    [InlineData("${env:1A}", 7, "does not start with a digit")]
    [InlineData("${env:A-B}", 8, "letters, digits")]
    [InlineData("${env:A/B}", 8, "letters, digits")]
    public void AMalformedReferenceIsRefusedWithItsColumnAndAWayOut(string text, int column, string message)
    {
        ConfigTemplate.TryParse(text, out ConfigTemplate? template, out ReferenceError? error).Should().BeFalse();

        template.Should().BeNull();
        error!.Column.Should().Be(column);
        error.Message.Should().Contain(message).And.Contain("${");
        FluentActions.Invoking(() => ConfigTemplate.Parse(text)).Should().Throw<ReferenceFormatException>()
            .Where(exception => exception.Column == column && exception.Message == error.Message);
    }

    [Fact]
    public void AnErrorNeverQuotesTheText()
    {
        foreach (string text in new[] { "hunter2${hunter2", "hunter2${hunter2:x}hunter2", "${vault:hunter2 /x}", "${secret:HUNTER2/x}", "${env:hunter2-}" })
        {
            ConfigTemplate.TryParse(text, out _, out ReferenceError? error).Should().BeFalse();
            error!.Message.Should().NotContainEquivalentOf("hunter2");
        }

        ConfigTemplate.Parse("hunter2").Segments[0].ToString().Should().NotContain("hunter2");
    }

    [Fact]
    public void ASecretsNameHasAtMost253Characters()
    {
        ConfigTemplate.TryParse($"${{secret:{new string('a', 253)}/k}}", out _, out _).Should().BeTrue();
        ConfigTemplate.TryParse($"${{secret:{new string('a', 254)}/k}}", out _, out _).Should().BeFalse();
        ConfigTemplate.TryParse($"${{secret:a/{new string('k', 254)}}}", out _, out _).Should().BeFalse();
    }
}
