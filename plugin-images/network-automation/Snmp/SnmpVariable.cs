namespace DotMac.Plugins.NetworkAutomation.Snmp;

/// <summary>One variable of a device.</summary>
/// <param name="Oid">Its object identifier, numbers with a leading dot.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="Value">Its value: a number or text, as the type says; null when there is none.</param>
public sealed record SnmpVariable(string Oid, SnmpType Type, object? Value);
