using System.Text.Json;
using System.Text.Json.Serialization;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Plugins.Resources;

/// <summary>One version of a plugin.</summary>
public sealed class PluginVersionSpec
{
    /// <summary>The version by the rules of SemVer 2.0: 1.2.3.</summary>
    [SchemaRequired]
    [SchemaPattern(Patterns.SemanticVersion)]
    [SchemaLength(Min = 1, Max = 63)]
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Version { get; set; }

    /// <summary>The container image, with a tag or, better, a digest.</summary>
    [SchemaRequired]
    [SchemaLength(Min = 1, Max = 512)]
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Image { get; set; }

    /// <summary>Why this version should not be used any more, and what to use instead; whoever selects it is told. Default: it may be used.</summary>
    [SchemaLength(Max = 512)]
    public string? Deprecated { get; set; }

    /// <summary>
    /// A JSON schema of the config. A property with x-dotmac-secret: true takes references only, no plain text. Default: any config will
    /// do.
    /// </summary>
    [SchemaPreserveUnknownFields]
    public JsonElement? ConfigSchema { get; set; }

    /// <summary>Plugins that the tenant must have installed before this one starts.</summary>
    [SchemaListMap("plugin")]
    [SchemaItems(Max = 32)]
    public IList<PluginDependency>? Dependencies { get; set; }

    /// <summary>What a pod reserves and may use, unless the TenantPlugin says otherwise.</summary>
    public V1ResourceRequirements? Resources { get; set; }

    /// <summary>Hosts that the plugin may talk to.</summary>
    [SchemaItems(Max = 64)]
    public IList<EgressRule>? Egress { get; set; }

    /// <summary>What the plugin can do, for catalogs; the running plugin's own list decides.</summary>
    [SchemaListMap("name")]
    [SchemaItems(Max = 256)]
    public IList<PluginOperationSpec>? Operations { get; set; }
}
