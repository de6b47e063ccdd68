using System.Text.Json.Serialization;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Plugins.Resources;

/// <summary>Which newer versions of the PluginDefinition are taken without asking.</summary>
[JsonConverter(typeof(TolerantEnumConverter<UpgradePolicy>))]
public enum UpgradePolicy
{
    /// <summary>None.</summary>
    Manual,

    /// <summary>Those that differ in the last number only.</summary>
    Patch,

    /// <summary>Those of the same major version.</summary>
    Minor,
}
