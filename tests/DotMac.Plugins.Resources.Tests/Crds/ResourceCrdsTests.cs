using DotMac.Plugins.Resources.Crds;
using DotMac.Testing;

namespace DotMac.Plugins.Resources.Tests.Crds;

public sealed class ResourceCrdsTests
{
    private static readonly string Directory = Path.Combine(RepositoryRoot.Path, "crds");

    [Fact]
    public void The_files_are_what_the_entities_say()
    {
        // What "make crds" does too, for a checkout in which the operator does not build.
        if (Environment.GetEnvironmentVariable("DOTMAC_WRITE_CRDS") == "1")
        {
            foreach (var (name, text) in ResourceCrds.All())
            {
                File.WriteAllText(Path.Combine(Directory, name), text);
            }
        }

        foreach (var (name, text) in ResourceCrds.All())
        {
            var path = Path.Combine(Directory, name);
            (File.Exists(path) ? File.ReadAllText(path) : "").Should().Be(text, "crds/{0} must not drift from the C# entities: run make crds", name);
        }

        System.IO.Directory.GetFiles(Directory, "*.yaml").Select(Path.GetFileName)
            .Should().BeEquivalentTo(ResourceCrds.All().Keys, "crds/ holds generated files only: run make crds, and delete what is left");
    }

    [Fact]
    public void Files_are_named_by_group_and_plural() =>
        ResourceCrds.All().Keys.Should().Equal("plugins.dotmac.io_plugindefinitions.yaml", "plugins.dotmac.io_tenantplugins.yaml");

    [Fact]
    public void Rules_are_written_only_when_asked()
    {
        ResourceCrds.All().Values.Should().NotContain(text => text.Contains("x-kubernetes-validations"));
        ResourceCrds.All(validationRules: true)["plugins.dotmac.io_tenantplugins.yaml"].Should().Contain("rule: self == oldSelf");
    }

    [Fact]
    public void Every_field_is_described()
    {
        var lines = ResourceCrds.All().Values.SelectMany(text => text.Split('\n')).Select(line => line.Trim()).ToList();
        var undescribed = lines.Zip(lines.Skip(1)).Where(pair => pair.First.EndsWith(':') && pair.Second.StartsWith("type:", StringComparison.Ordinal))
            .Select(pair => pair.First).Distinct();

        // Lists describe themselves, not their items; and "properties:" stands before the property "type" of a condition.
        undescribed.Should().BeSubsetOf(["metadata:", "items:", "properties:"]);
    }
}
