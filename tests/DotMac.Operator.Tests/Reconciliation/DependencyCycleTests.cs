using DotMac.Operator.Reconciliation;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Reconciliation;

public sealed class DependencyCycleTests
{
    [Theory]
    [InlineData("a>b b>a", "a → b → a")]
    [InlineData("a>b b>c c>a", "a → b → c → a")]
    [InlineData("a>b a>c b>d c>a d>a", "a → c → a")]
    [InlineData("a>a", "a → a")]
    [InlineData("a>b b>c", null)]
    [InlineData("a>b b>c c>b", null)]
    [InlineData("a>gone", null)]
    [InlineData("a>b a>c b>d c>d", null)]
    public void A_circle_is_found_from_each_that_is_in_it(string edges, string? circle) => Of(edges, "*").Should().Be(circle);

    [Fact]
    public void A_version_that_the_range_does_not_take_closes_no_circle()
    {
        Of("a>b b>a", ">=2.0.0").Should().BeNull();
        Of("a>b b>a", ">=1.0.0 <2.0.0").Should().Be("a → b → a");
    }

    private static string? Of(string edges, string range)
    {
        var needs = edges.Split(' ').Select(static e => e.Split('>')).ToLookup(static e => e[0], static e => e[1]);
        PluginDefinition? Find(string name)
        {
            if (name == "gone")
            {
                return null;
            }

            var dependencies = string.Join(',', needs[name].Select(n => $"{{\"plugin\":\"{n}\",\"version\":\"{range}\"}}"));
            return Given.Definition($"[{{\"version\":\"1.0.0\",\"image\":\"x:1\",\"dependencies\":[{dependencies}]}}]", name);
        }

        return DependencyCycle.Of("a", Find("a")!.Spec.Versions![0], Find);
    }
}
