namespace DotMac.Plugins.NetworkAutomation.Snmp;

/// <summary>The types of values (RFC 3416, section 3).</summary>
public enum SnmpType
{
    /// <summary>A type that this plugin does not know; the value is net-snmp's text.</summary>
    Unknown,

    /// <summary>A signed number of 32 bits; the value is a number.</summary>
    Integer,

    /// <summary>A counter of 32 bits; the value is a number.</summary>
    Counter32,

    /// <summary>A gauge, or Unsigned32; the value is a number.</summary>
    Gauge32,

    /// <summary>A counter of 64 bits; the value is a number.</summary>
    Counter64,

    /// <summary>Hundredths of a second; the value is a number.</summary>
    TimeTicks,

    /// <summary>An IPv4 address; the value is text.</summary>
    IpAddress,

    /// <summary>An object identifier; the value is text, numbers with a leading dot.</summary>
    Oid,

    /// <summary>Octets that are readable UTF-8; the value is that text.</summary>
    OctetString,

    /// <summary>Octets that are not readable; the value is hexadecimal, two digits an octet.</summary>
    HexString,

    /// <summary>Named bits; the value is hexadecimal.</summary>
    Bits,

    /// <summary>A value wrapped in Opaque; the value is net-snmp's text.</summary>
    Opaque,

    /// <summary>Nothing.</summary>
    Null,

    /// <summary>The device has no such object.</summary>
    NoSuchObject,

    /// <summary>The device has the object, but not this instance of it.</summary>
    NoSuchInstance,

    /// <summary>There is nothing after it.</summary>
    EndOfMibView,
}
