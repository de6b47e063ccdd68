using DotMac.Operator.Secrets;
using DotMac.Operator.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DotMac.Operator.Tests.Secrets;

public sealed class AccessMarkTests
{
    private const string Mine = "# Written by dotmac-operator for TenantPlugin ns/twilio of cluster c1";

    [Property(Arbitrary = [typeof(Arbitraries)])]
    public Property What_is_written_is_read_again(ResourceName ns, ResourceName plugin) => Prop.ForAll(
        Arb.From(Gen.Elements("0c8a7e54-6a21-4c7e-9e55-1f2d3c4b5a69", "c1", "a cluster of cluster x")),
        Arb.From(Gen.Elements("", "\n", "\r\n", "\npath \"a\" {\n  capabilities = [\"read\"]\n}\n", "\n" + Mine)),
        (cluster, rest) =>
        {
            var mark = new AccessMark(cluster, ns.Text, plugin.Text);
            AccessMark.Of(mark + rest).Should().Be(mark);
        });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("path \"a\" { capabilities = [\"read\"] }")]
    [InlineData("\n" + Mine)]
    [InlineData(" " + Mine)]
    [InlineData("# written by dotmac-operator for TenantPlugin ns/twilio of cluster c1")]
    [InlineData("# Written by dotmac-operator for TenantPlugin ")]
    [InlineData("# Written by dotmac-operator for TenantPlugin ns/twilio")]
    [InlineData("# Written by dotmac-operator for TenantPlugin twilio of cluster c1")]
    [InlineData("# Written by dotmac-operator for TenantPlugin /twilio of cluster c1")]
    [InlineData("# Written by dotmac-operator for TenantPlugin ns/ of cluster c1")]
    [InlineData("# Written by dotmac-operator for TenantPlugin ns/twilio of cluster ")]
    [InlineData("# Written by dotmac-operator for TenantPlugin ns\n/twilio of cluster c1")]
    [InlineData("# Written by dotmac-operator for TenantPlugin ns of cluster a/b")]
    public void What_does_not_begin_with_a_whole_mark_is_somebody_elses(string? policy) => AccessMark.Of(policy).Should().BeNull();

    [Property(MaxTest = 500)]
    public bool Nothing_that_somebody_writes_makes_reading_fail(string? text) => AccessMark.Of(Mine[..46] + text) is null or { Namespace.Length: > 0, Plugin.Length: > 0, Cluster.Length: > 0 };
}
