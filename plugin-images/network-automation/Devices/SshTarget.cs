using DotMac.Plugins.NetworkAutomation.Config;

namespace DotMac.Plugins.NetworkAutomation.Devices;

/// <summary>How a device is reached by SSH. After the config's checks, user, credentials and host keys are there.</summary>
internal sealed record SshTarget
{
    /// <summary>The host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>The TCP port.</summary>
    public required int Port { get; init; }

    /// <summary>The user.</summary>
    public required string? User { get; init; }

    /// <summary>The password; null when there is a key.</summary>
    public string? Password { get; init; }

    /// <summary>The private key; null when there is a password.</summary>
    public string? PrivateKey { get; init; }

    /// <summary>The device's public keys.</summary>
    public required IReadOnlyList<string> HostKeys { get; init; }

    /// <summary>How long to wait for the connection.</summary>
    public int ConnectTimeoutSeconds { get; init; } = 10;

    /// <summary>Whether retired algorithms are offered too.</summary>
    public bool LegacyAlgorithms { get; init; }

    /// <summary>Puts a device's settings and the defaults together; null when the device does not speak SSH.</summary>
    public static SshTarget? Of(DeviceConfig device, DefaultsConfig? defaults)
    {
        if (device.Ssh is not SshConfig own)
        {
            return null;
        }

        SshConfig other = defaults?.Ssh ?? new SshConfig();

        // A device with a password of its own is not also tried with the key of all others.
        SshConfig credentials = own.Password is null && own.PrivateKey is null ? other : own;
        return new SshTarget
        {
            Host = device.Host,
            Port = own.Port ?? other.Port ?? 22,
            User = own.User ?? other.User,
            Password = credentials.Password,
            PrivateKey = credentials.PrivateKey,
            HostKeys = own.HostKeys ?? other.HostKeys ?? [],
            ConnectTimeoutSeconds = own.ConnectTimeoutSeconds ?? other.ConnectTimeoutSeconds ?? 10,
            LegacyAlgorithms = own.LegacyAlgorithms ?? other.LegacyAlgorithms ?? false,
        };
    }

    /// <summary>A placeholder: a record would print its secrets.</summary>
    public override string ToString() => nameof(SshTarget);
}
