using System.Text.Json.Serialization;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Plugins.Resources;

/// <summary>What a changed secret does to the pods.</summary>
[JsonConverter(typeof(TolerantEnumConverter<RotationMode>))]
public enum RotationMode
{
    /// <summary>The running plugin takes the new value over.</summary>
    Reload,

    /// <summary>The pods are rolled.</summary>
    Restart,

    /// <summary>Nothing: the next start takes the new value.</summary>
    None,
}
