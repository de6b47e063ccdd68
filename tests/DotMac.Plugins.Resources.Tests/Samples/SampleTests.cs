using DotMac.Plugins.Resources.Defaults;
using DotMac.Plugins.Resources.Tests.Support;
using DotMac.Plugins.Resources.Validation;
using DotMac.Plugins.Resources.Validation.Config;
using DotMac.Plugins.Resources.Versions;
using DotMac.Testing;

namespace DotMac.Plugins.Resources.Tests.Samples;

public sealed class SampleTests
{
    public static TheoryData<string> Catalog => Files("catalog");

    public static TheoryData<string> Samples => Files("samples");

    [Theory]
    [MemberData(nameof(Catalog))]
    public void Catalog_entries_are_valid(string file)
    {
        var definition = Yaml.Read<PluginDefinition>(Text("catalog", file));
        definition.Kind.Should().Be(ResourceNames.PluginDefinitionKind);
        DefinitionValidator.Validate(definition).Should().BeEmpty();
        $"{definition.Metadata.Name}.yaml".Should().Be(file);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Samples_are_valid_against_the_catalog(string file)
    {
        if (!Text("samples", file).Contains("kind: TenantPlugin", StringComparison.Ordinal))
        {
            return;
        }

        var plugin = Yaml.Read<TenantPlugin>(Text("samples", file));
        TenantPluginValidator.Validate(plugin).Should().BeEmpty();
        var definition = Yaml.Read<PluginDefinition>(Text("catalog", $"{plugin.Spec.Plugin}.yaml"));
        var version = VersionResolver.Resolve(plugin.Spec.Version, definition).Version!;
        ConfigValidator.Validate(plugin.Spec.Config, version.ConfigSchema).Should().BeEmpty();
    }

    [Fact]
    public void The_vault_sample_stays_deactivated()
    {
        var plugin = Yaml.Read<TenantPlugin>(Text("samples", "twilio-vault.yaml"));
        TenantPluginDefaults.Resolve(plugin.Spec, null, "tenant-acme").WantedReplicas.Should().Be(0);
    }

    private static TheoryData<string> Files(string directory) =>
        [.. Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "config", directory), "*.yaml").Select(path => Path.GetFileName(path)).Order()];

    private static string Text(string directory, string file) => File.ReadAllText(Path.Combine(RepositoryRoot.Path, "config", directory, file));
}
