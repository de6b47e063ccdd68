using System.Text.Json.Serialization;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Plugins.Resources;

/// <summary>What tenants may install.</summary>
[SchemaRule(
    "!has(self.defaultVersion) || self.defaultVersion == '' || self.defaultVersion.contains('+') "
    + "|| self.versions.exists(v, v.version == self.defaultVersion || v.version.startsWith(self.defaultVersion + '+'))",
    "defaultVersion is none of versions; write one that is there")]
public sealed class PluginDefinitionSpec
{
    /// <summary>The name for people. Default: the name of the resource.</summary>
    [SchemaLength(Max = 128)]
    public string? DisplayName { get; set; }

    /// <summary>What kind of service the plugin talks to. Default: custom.</summary>
    public PluginCategory? Category { get; set; }

    /// <summary>What the plugin does, in a sentence or two.</summary>
    [SchemaLength(Max = 2048)]
    public string? Description { get; set; }

    /// <summary>Who wrote the plugin.</summary>
    [SchemaLength(Max = 256)]
    public string? Author { get; set; }

    /// <summary>The version that is installed unless another one is asked for. Default: the highest one that is no pre-release.</summary>
    [SchemaPattern(Patterns.SemanticVersion)]
    [SchemaLength(Max = 63)]
    [JsonConverter(typeof(InternedStringConverter))]
    public string? DefaultVersion { get; set; }

    /// <summary>The versions that may be installed. Keep one as long as a TenantPlugin uses it.</summary>
    [SchemaRequired]
    [SchemaListMap("version")]
    [SchemaItems(Min = 1, Max = 64)]
    public IList<PluginVersionSpec>? Versions { get; set; }
}
