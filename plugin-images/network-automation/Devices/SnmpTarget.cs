using DotMac.Plugins.NetworkAutomation.Config;

namespace DotMac.Plugins.NetworkAutomation.Devices;

/// <summary>How a device is reached by SNMP. After the config's checks, what its version needs is there.</summary>
internal sealed record SnmpTarget
{
    /// <summary>SNMPv2c.</summary>
    public const string Version2C = "v2c";

    /// <summary>SNMPv3.</summary>
    public const string Version3 = "v3";

    /// <summary>Neither authenticated nor encrypted.</summary>
    public const string NoAuthNoPriv = "noAuthNoPriv";

    /// <summary>Authenticated, not encrypted.</summary>
    public const string AuthNoPriv = "authNoPriv";

    /// <summary>Authenticated and encrypted.</summary>
    public const string AuthPriv = "authPriv";

    /// <summary>The host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>The UDP port.</summary>
    public required int Port { get; init; }

    /// <summary><see cref="Version2C"/> or <see cref="Version3"/>; null when the config does not say.</summary>
    public required string? Version { get; init; }

    /// <summary>The community of v2c.</summary>
    public string? Community { get; init; }

    /// <summary>The user of v3.</summary>
    public string? User { get; init; }

    /// <summary>The security level of v3.</summary>
    public string SecurityLevel { get; init; } = NoAuthNoPriv;

    /// <summary>How requests are authenticated.</summary>
    public string AuthProtocol { get; init; } = "SHA";

    /// <summary>The password of authentication.</summary>
    public string? AuthPassword { get; init; }

    /// <summary>How requests are encrypted.</summary>
    public string PrivProtocol { get; init; } = "AES";

    /// <summary>The password of encryption.</summary>
    public string? PrivPassword { get; init; }

    /// <summary>The context of v3.</summary>
    public string? ContextName { get; init; }

    /// <summary>How long to wait for an answer, each time.</summary>
    public double TimeoutSeconds { get; init; } = 2;

    /// <summary>How often to ask again.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Puts a device's settings and the defaults together; null when the device does not speak SNMP.</summary>
    public static SnmpTarget? Of(DeviceConfig device, DefaultsConfig? defaults)
    {
        if (device.Snmp is not SnmpConfig own)
        {
            return null;
        }

        SnmpConfig other = defaults?.Snmp ?? new SnmpConfig();
        string? authPassword = own.AuthPassword ?? other.AuthPassword;
        string? privPassword = own.PrivPassword ?? other.PrivPassword;
        return new SnmpTarget
        {
            Host = device.Host,
            Port = own.Port ?? other.Port ?? 161,
            Version = own.Version ?? other.Version,
            Community = own.Community ?? other.Community,
            User = own.User ?? other.User,
            SecurityLevel = own.SecurityLevel ?? other.SecurityLevel ?? (privPassword is not null ? AuthPriv : authPassword is not null ? AuthNoPriv : NoAuthNoPriv),
            AuthProtocol = own.AuthProtocol ?? other.AuthProtocol ?? "SHA",
            AuthPassword = authPassword,
            PrivProtocol = own.PrivProtocol ?? other.PrivProtocol ?? "AES",
            PrivPassword = privPassword,
            ContextName = own.ContextName ?? other.ContextName,
            TimeoutSeconds = own.TimeoutSeconds ?? other.TimeoutSeconds ?? 2,
            Retries = own.Retries ?? other.Retries ?? 2,
        };
    }

    /// <summary>A placeholder: a record would print its secrets.</summary>
    public override string ToString() => nameof(SnmpTarget);
}
