namespace DotMac.Plugins.NetworkAutomation.Config;

/// <summary>What devices take over, member by member. It does not make a device speak SNMP or SSH: that does its own <c>snmp</c> or <c>ssh</c>.</summary>
public sealed record DefaultsConfig
{
    /// <summary>For devices that have <c>snmp</c>.</summary>
    public SnmpConfig? Snmp { get; init; }

    /// <summary>For devices that have <c>ssh</c>.</summary>
    public SshConfig? Ssh { get; init; }

    /// <summary>A placeholder: a record would print its secrets.</summary>
    public override string ToString() => nameof(DefaultsConfig);
}
