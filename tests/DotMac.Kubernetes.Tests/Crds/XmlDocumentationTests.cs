using DotMac.Kubernetes.Crds;

namespace DotMac.Kubernetes.Tests.Crds;

public sealed class XmlDocumentationTests
{
    [Theory]
    [InlineData("Plain text.", "Plain text.")]
    [InlineData("\n            Two\n            lines.\n        ", "Two lines.")]
    [InlineData("""See <see cref="P:A.B.SomeName"/>.""", "See someName.")]
    [InlineData("""See <see cref="T:A.B.SomeType`1"/>.""", "See SomeType.")]
    [InlineData("""See <see cref="M:A.B.Run(System.String)"/>.""", "See Run.")]
    [InlineData("""See <see cref="P:A.B.X">this one</see>.""", "See this one.")]
    [InlineData("""Is <see langword="null"/> or <c>1 &lt; 2</c>.""", "Is null or 1 < 2.")]
    [InlineData("""<para>One.</para><para>Two.</para>""", "One. Two.")]
    [InlineData("""Of <paramref name="x"/>.""", "Of x.")]
    public void Turns_summaries_into_plain_text(string summary, string expected)
    {
        var docs = XmlDocumentation.Parse(
            $"""<doc><members><member name="T:DotMac.Kubernetes.Tests.Crds.Widget"><summary>{summary}</summary></member></members></doc>""");
        docs.Of(typeof(Widget)).Should().Be(expected);
    }

    [Fact]
    public void Finds_properties_of_nested_and_generic_types()
    {
        var docs = XmlDocumentation.Parse(
            """
            <doc><members>
              <member name="P:DotMac.Kubernetes.Tests.Crds.FloatEntity.Content.Ratio"><summary>nested</summary></member>
              <member name="P:DotMac.Kubernetes.Entities.CustomKubernetesEntity`2.Spec"><summary>generic</summary></member>
            </members></doc>
            """);
        docs.Of(typeof(FloatEntity.Content).GetProperty("Ratio")!).Should().Be("nested");
        docs.Of(typeof(Widget).GetProperty("Spec")!).Should().Be("generic");
        docs.Of(typeof(Widget)).Should().BeNull();
    }

    [Fact]
    public void Says_which_file_is_missing() =>
        FluentActions.Invoking(() => XmlDocumentation.Beside(typeof(object).Assembly))
            .Should().Throw<FileNotFoundException>().WithMessage("*System.Private.CoreLib.xml is missing*GenerateDocumentationFile*");
}
