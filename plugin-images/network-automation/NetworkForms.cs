namespace DotMac.Plugins.NetworkAutomation;

/// <summary>
/// The forms that names and addresses have. They become arguments of programs, words in their config files and names of files, so each is
/// narrow: none begins with a dash, none holds a quote, white space or a control character. Where one form has alternatives, the first that fits
/// decides: <c>RegularExpressionAttribute</c> does not try the others when it leaves a rest.
/// </summary>
internal static class NetworkForms
{
    /// <summary>A device's name; also ssh's alias for its host keys and Ansible's name for it.</summary>
    public const string DeviceName = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    /// <summary>A group's name. Ansible wants names that are good for variables.</summary>
    public const string GroupName = "[A-Za-z_][A-Za-z0-9_]{0,62}";

    /// <summary>A host name or an address; what holds a colon must be an address of IPv6.</summary>
    public const string Host = "[A-Za-z0-9:][A-Za-z0-9._:-]{0,252}";

    /// <summary>A user's name on a device; RouterOS takes parameters after a plus.</summary>
    public const string User = "[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,127}";

    /// <summary>An object identifier in numbers, or a name of a MIB with its index.</summary>
    public const string ObjectName = NumericObjectName + "|" + SymbolicObjectName;

    /// <summary>An object identifier in numbers.</summary>
    public const string NumericObjectName = @"\.?[0-2](\.[0-9]{1,10}){1,127}";

    /// <summary>A name of a MIB with its index, such as <c>IF-MIB::ifDescr.1</c>.</summary>
    public const string SymbolicObjectName = @"[A-Za-z][A-Za-z0-9-]{0,63}::[A-Za-z][A-Za-z0-9-]{0,63}(\.[0-9]{1,10}){0,126}";

    /// <summary>A public host key as <c>ssh-keyscan</c> prints it after the host's name: type, key, perhaps a comment.</summary>
    public const string HostKey = @"(ssh-ed25519|ssh-rsa|ssh-dss|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/]{16,8192}={0,2}( [^\r\n]*)?";

    /// <summary>A playbook's name in the config. Text of a playbook never has this form.</summary>
    public const string PlaybookName = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    /// <summary>A tag of Ansible.</summary>
    public const string Tag = "[A-Za-z0-9_][A-Za-z0-9_.:-]{0,62}";

    /// <summary>A variable's name in Ansible.</summary>
    public const string Variable = "[A-Za-z_][A-Za-z0-9_]{0,127}";

    /// <summary>A run's id.</summary>
    public const string RunId = "[0-9a-f]{32}";
}
