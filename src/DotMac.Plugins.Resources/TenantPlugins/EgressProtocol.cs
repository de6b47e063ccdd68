using System.Text.Json.Serialization;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Plugins.Resources;

/// <summary>What an egress rule's ports are of.</summary>
[JsonConverter(typeof(TolerantEnumConverter<EgressProtocol>))]
public enum EgressProtocol
{
    /// <summary>TCP.</summary>
    TCP,

    /// <summary>UDP, as SNMP needs it.</summary>
    UDP,
}
