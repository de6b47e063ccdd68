using DotMac.Plugins.NetworkAutomation.Devices;

namespace DotMac.Plugins.NetworkAutomation.Snmp;

/// <summary>Turns what net-snmp's programs say on standard error into failures. Pure.</summary>
internal static class SnmpErrors
{
    /// <summary>The failure behind an exit code that is not 0.</summary>
    public static DeviceFailure Map(SnmpTarget target, string error)
    {
        string said = Said(error);
        return said switch
        {
            _ when Has("Timeout: No Response") => new DeviceFailure(FailureCode.Timeout, NoAnswer(target)),
            _ when Has("Authentication failure") => Credentials("The device refused authPassword, or authProtocol is not the one it has for this user."),
            _ when Has("Unknown user name") => Credentials("The device does not know the user."),
            _ when Has("Unsupported security level") => Credentials("The device does not have this securityLevel for the user."),
            _ when Has("Decryption error") || Has("Decryption failure") => Credentials("The device could not decrypt the request: check privProtocol and privPassword."),
            _ when Has("Unknown host") || Has("Name or service not known") => new DeviceFailure(FailureCode.Unreachable, $"The name {target.Host} is not known in DNS."),
            _ when Has("Network is unreachable") || Has("No route to host") || Has("Connection refused") || Has("Failure in sendto") =>
                new DeviceFailure(FailureCode.Unreachable, $"The device cannot be reached: {said}. Check host, port and the plugin's egress."),
            _ when Has("authorizationError") || Has("noAccess") => new DeviceFailure(FailureCode.Forbidden, $"The device does not let this user or community do it: {said}"),
            _ when Has("Unknown Object Identifier") || Has("Cannot find module") => new DeviceFailure(
                FailureCode.Refused, "The name is not known: its MIB is not in /usr/share/snmp/mibs of the image. Write the object identifier in numbers."),
            "" => new DeviceFailure(FailureCode.Refused, "net-snmp failed without saying why."),
            _ => new DeviceFailure(FailureCode.Refused, said),
        };

        bool Has(string text) => said.Contains(text, StringComparison.Ordinal);
    }

    private static DeviceFailure Credentials(string message) => new(FailureCode.Credentials, message);

    // Silence is all that a wrong community gets (RFC 3584, section 5.2), and often a wrong key or context too.
    private static string NoAnswer(SnmpTarget target) =>
        $"No answer from {SnmpArguments.Address(target)}. Check host, port and the plugin's egress"
        + (target.Version == SnmpTarget.Version2C ? ", and the community: a device does not answer a wrong one."
            : target.SecurityLevel == SnmpTarget.AuthPriv ? ", and privProtocol, privPassword and contextName: many devices do not answer wrong ones."
            : ", and contextName: many devices do not answer a wrong one.");

    // One line, without what is said on every start in a new directory and without the program's name.
    private static string Said(string error) => string.Join(' ', error
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.StartsWith("Created directory:", StringComparison.Ordinal) && !line.StartsWith("MIB search path:", StringComparison.Ordinal))
        .Select(line => line.StartsWith("snmp", StringComparison.Ordinal) && line.IndexOf(": ", StringComparison.Ordinal) is int colon and > 0 ? line[(colon + 2)..] : line)
        .Take(6));
}
