using System.Text.Json.Nodes;
using DotMac.StandIns.VaultAgent.Templates;

namespace DotMac.Vault.Tests.Agent;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("""{{ with secret "secret/data/a" }}{{ .Data.data | toJSON }}{{ end }}""", """{"b":"1 < 2","n":2,"z":"last"}""")]
    [InlineData("""{{- with secret "secret/data/a" -}}{{ .Data.data.z }}{{- end -}}""", "last")]
    [InlineData("a {{- /* trimmed */ -}} b", "ab")]
    [InlineData("""{{ with secret "secret/data/a" }}{{ index .Data.data "z" }} {{ .Data.metadata.version }}{{ end }}""", "last 7")]
    [InlineData("""{{ with secret "secret/data/a" }}{{ range $k, $v := .Data.data }}{{ $k }}={{ $v }};{{ end }}{{ end }}""", "b=1 < 2;n=2;z=last;")]
    [InlineData("""{{ with $s := secret "secret/data/a" }}{{ if $s.Data.data.z }}yes{{ else }}no{{ end }}{{ end }}""", "yes")]
    [InlineData("""{{ with secret "secret/data/a" }}{{ if .Data.data.none }}yes{{ else }}no{{ end }}{{ end }}""", "no")]
    [InlineData("""{{ with secret "secret/data/a" }}{{ .Data.data.none }}{{ end }}""", "<no value>")]
    [InlineData("""{{ "}} within a text" }}""", "}} within a text")]
    [InlineData("""{{ "x" | base64Encode | base64Decode }}""", "x")]
    public async Task Templates_are_filled_in_as_the_real_agent_does(string template, string text) =>
        JsonInsensitive(await RenderAsync(template)).Should().Be(text);

    [Fact]
    public async Task Delimiters_may_be_others() =>
        (await new TemplateRenderer(SecretAsync, false).RenderAsync(TemplateParser.Parse("""[[ with secret "secret/data/a" ]]{{ [[ .Data.data.z ]] }}[[ end ]]""", "[[", "]]"), default))
            .Should().Be("{{ last }}");

    [Fact]
    public async Task A_missing_key_may_be_an_error() =>
        await FluentActions.Awaiting(static () => new TemplateRenderer(SecretAsync, true).RenderAsync(TemplateParser.Parse("""{{ with secret "secret/data/a" }}{{ .Data.data.none }}{{ end }}"""), default))
            .Should().ThrowAsync<TemplateException>().WithMessage("*no entry for key \"none\"*");

    [Theory]
    [InlineData("{{ with secret \"a\" }}")]
    [InlineData("{{ end }}")]
    [InlineData("{{ env \"HOME\" }}")]
    [InlineData("{{ .a")]
    [InlineData("{{ $x }}")]
    public async Task What_is_not_understood_is_refused(string template) =>
        await FluentActions.Awaiting(() => RenderAsync(template)).Should().ThrowAsync<TemplateException>();

    private static Task<string> RenderAsync(string template) => new TemplateRenderer(SecretAsync, false).RenderAsync(TemplateParser.Parse(template), default);

    // Go escapes < in JSON, as \u003c; so do we, in capitals.
    private static string JsonInsensitive(string text) => text.Replace("\\u003C", "<", StringComparison.Ordinal);

    private static Task<JsonObject> SecretAsync(string path, CancellationToken cancellationToken) => Task.FromResult(new JsonObject
    {
        ["Data"] = new JsonObject
        {
            ["data"] = new JsonObject { ["z"] = "last", ["b"] = "1 < 2", ["n"] = 2 },
            ["metadata"] = new JsonObject { ["version"] = 7 },
        },
    });
}
