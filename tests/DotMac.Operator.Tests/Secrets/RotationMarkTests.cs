using DotMac.Kubernetes.Models;
using DotMac.Operator.Secrets;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Secrets;

public sealed class RotationMarkTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Mode, versions in Vault, versions in the template, its age in seconds; then: versions after, whether stamped anew, when to look again.</summary>
    [Theory]
    [InlineData(RotationMode.Restart, "v1", null, null, "v1", true, null)] // the first time
    [InlineData(RotationMode.Restart, "v1", "v1", 3, "v1", false, null)] // nothing changed
    [InlineData(RotationMode.Restart, "v2", "v1", 300, "v2", true, null)] // a change
    [InlineData(RotationMode.Restart, "v2", "v1", 299, "v1", false, 1)] // a change too soon
    [InlineData(RotationMode.Restart, "v2", "v1", 0, "v1", false, 300)]
    [InlineData(RotationMode.Restart, "v2", "v1", -60, "v1", false, 360)] // a clock that was ahead
    [InlineData(RotationMode.Restart, "v2", "v1", null, "v2", true, null)] // nobody knows since when
    [InlineData(RotationMode.Restart, null, "v1", 3600, "v1", false, null)] // Vault is away
    [InlineData(RotationMode.Restart, null, null, null, null, false, null)]
    [InlineData(RotationMode.Reload, "v2", "v1", 3600, "v1", false, null)] // switched from Restart: what is there stays
    [InlineData(RotationMode.Reload, "v2", null, null, null, false, null)]
    [InlineData(RotationMode.Reload, null, "v1", 3600, "v1", false, null)]
    [InlineData(RotationMode.None, "v2", "v1", 3600, "v1", false, null)]
    [InlineData(RotationMode.None, "v2", null, null, null, false, null)]
    public void What_the_template_is_to_say(RotationMode mode, string? seen, string? live, int? age, string? after, bool stamped, int? lookAgain)
    {
        var before = new RotationMark(live, age is { } seconds ? Given.Now.AddSeconds(-seconds) : null);
        var (mark, again) = RotationMark.Next(mode, seen, before, Interval, Given.Now.AddMilliseconds(345));
        again.Should().Be(lookAgain is { } wait ? TimeSpan.FromSeconds(wait) - TimeSpan.FromMilliseconds(345) : null);
        mark.Should().Be(stamped ? new RotationMark(after, Given.Now) : before, "what is not rolled is left to the letter");
    }

    [Fact]
    public void A_template_says_what_was_written_into_it_and_a_restart_of_the_operator_rolls_nothing()
    {
        var written = new RotationMark("0123456789abcdef", Given.Now);
        var inputs = Samples.Vault() with { Rotation = written };
        var live = RotationMark.Of(Given.Raw(Given.Desired<V1Deployment>(inputs)));
        live.Should().Be(written);
        var again = inputs with { Rotation = RotationMark.Next(RotationMode.Restart, written.Versions, live, Interval, Given.Now.AddDays(1)).Mark };
        Given.Bytes(Given.Desired<V1Deployment>(again)).Should().Equal(Given.Bytes(Given.Desired<V1Deployment>(inputs)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"spec":{}}""")]
    [InlineData("""{"spec":{"template":{}}}""")]
    [InlineData("""{"spec":{"template":{"metadata":{}}}}""")]
    [InlineData("""{"spec":{"template":{"metadata":{"annotations":{}}}}}""")]
    [InlineData("""{"spec":{"template":{"metadata":{"annotations":{"plugins.dotmac.io/secret-versions-since":"2025-06-01T12:00:00Z"}}}}}""")]
    public void A_template_that_says_nothing_has_no_mark(string deployment) => RotationMark.Of(Unstructured.Parse(System.Text.Encoding.UTF8.GetBytes(deployment))).Should().Be(RotationMark.None);

    [Theory]
    [InlineData("\"2025-06-01T14:00:00+02:00\"", true)]
    [InlineData("\"yesterday\"", false)]
    [InlineData("\"\"", false)]
    public void A_time_that_somebody_edited_is_read_or_is_none(string since, bool isTime)
    {
        var text = $$"""{"spec":{"template":{"metadata":{"annotations":{"plugins.dotmac.io/secret-versions-since":{{since}},"plugins.dotmac.io/secret-versions":"v1"} } } } }""";
        RotationMark.Of(Unstructured.Parse(System.Text.Encoding.UTF8.GetBytes(text))).Should().Be(new RotationMark("v1", isTime ? Given.Now : null));
    }

    [Fact]
    public void Without_a_mark_the_template_has_no_word_of_it() =>
        Given.Desired<V1Deployment>(Samples.Vault()).Spec!.Template!.Metadata!.Annotations!.Keys.Should().NotContain([Annotations.SecretVersions, Annotations.SecretVersionsSince]);
}
