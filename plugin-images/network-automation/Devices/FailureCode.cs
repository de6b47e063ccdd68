namespace DotMac.Plugins.NetworkAutomation.Devices;

/// <summary>Why nothing came of it, for programs.</summary>
public enum FailureCode
{
    /// <summary>The device did not answer in time, or was not done in time.</summary>
    Timeout,

    /// <summary>The call's time was over before the device's turn came. Nothing was sent to it.</summary>
    NotBegun,

    /// <summary>The device cannot be reached: no such host, no route, connection refused or broken off.</summary>
    Unreachable,

    /// <summary>The device refused the credentials.</summary>
    Credentials,

    /// <summary>The device does not let the user do this.</summary>
    Forbidden,

    /// <summary>The device has another host key than the config says.</summary>
    HostKey,

    /// <summary>The device refused the request, or failed.</summary>
    Refused,

    /// <summary>The config does not say how the device is reached this way.</summary>
    NotConfigured,
}
