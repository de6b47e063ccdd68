using DotMac.Plugins.NetworkAutomation.Devices;

namespace DotMac.Plugins.NetworkAutomation.Ssh;

/// <summary>Turns what ssh says of itself into failures. Pure.</summary>
internal static class SshErrors
{
    // "ssh: connect to host … port …: Connection refused" and its like.
    private static readonly string[] Unreachable =
    [
        "Connection refused", "No route to host", "Network is unreachable", "Connection reset", "Connection closed", "kex_exchange_identification",
        "banner exchange", "Broken pipe", "ssh_exchange_identification", "client_loop",
    ];

    /// <summary>The failure behind ssh's messages; null when they tell of none.</summary>
    public static DeviceFailure? Map(SshTarget target, string log)
    {
        string said = string.Join(' ', log
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('@') && !line.StartsWith("Warning: Permanently", StringComparison.Ordinal)));
        return said switch
        {
            _ when Has("Host key verification failed") || Has("REMOTE HOST IDENTIFICATION") || Has("No matching host key fingerprint") => new DeviceFailure(
                FailureCode.HostKey, "The device has another host key than the config says: it was replaced, or somebody poses as it. Compare its keys with hostKeys."),
            _ when Has("Permission denied (") => new DeviceFailure(
                FailureCode.Credentials, $"The device refused the user's {(target.PrivateKey is null ? "password" : "key")}: check user and {(target.PrivateKey is null ? "password" : "privateKey")}."),
            _ when Has("Too many authentication failures") => new DeviceFailure(FailureCode.Credentials, "The device refused the credentials too often; wait, and check user and password."),
            _ when Has("Load key") || Has("error in libcrypto") => new DeviceFailure(FailureCode.Credentials, "ssh cannot read privateKey: it is damaged or of an unknown kind."),
            _ when Has("Could not resolve hostname") => new DeviceFailure(FailureCode.Unreachable, $"The name {target.Host} is not known in DNS."),
            _ when Has("Unable to negotiate") => new DeviceFailure(
                FailureCode.Unreachable, $"The device and OpenSSH have no algorithm in common; legacyAlgorithms may help. {said}"),
            _ when Has("timed out") || Has("not responding") => new DeviceFailure(
                FailureCode.Timeout, $"No answer from {target.Host} port {target.Port}. Check host, port and the plugin's egress."),
            _ when Unreachable.Any(Has) => new DeviceFailure(FailureCode.Unreachable, $"The device cannot be reached: {said}"),
            _ => null,
        };

        bool Has(string text) => said.Contains(text, StringComparison.Ordinal);
    }
}
