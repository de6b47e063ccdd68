using System.Text;
using DotMac.Plugins.NetworkAutomation.Devices;

namespace DotMac.Plugins.NetworkAutomation.Snmp;

/// <summary>Writes the <c>snmp.conf</c> of one call: the credentials, which must not stand on a command line, and how values are printed.</summary>
internal static class SnmpConf
{
    /// <summary>The file's content (snmp.conf(5)).</summary>
    public static string Text(SnmpTarget target)
    {
        // Long values on one line, always as hexadecimal numbers, whatever a MIB would like to see there: then nothing is ambiguous.
        var text = new StringBuilder("hexOutputLength 0\nnoDisplayHint yes\nnoPersistentLoad yes\nnoPersistentSave yes\n");
        if (target.Version == SnmpTarget.Version2C)
        {
            text.Append("defVersion 2c\n");
            Append(text, "defCommunity", target.Community);
            return text.ToString();
        }

        text.Append("defVersion 3\n");
        Append(text, "defSecurityName", target.User);
        text.Append("defSecurityLevel ").Append(target.SecurityLevel).Append('\n');
        if (target.SecurityLevel != SnmpTarget.NoAuthNoPriv)
        {
            text.Append("defAuthType ").Append(target.AuthProtocol).Append('\n');
            Append(text, "defAuthPassphrase", target.AuthPassword);
        }

        if (target.SecurityLevel == SnmpTarget.AuthPriv)
        {
            text.Append("defPrivType ").Append(target.PrivProtocol).Append('\n');
            Append(text, "defPrivPassphrase", target.PrivPassword);
        }

        Append(text, "defContext", target.ContextName);
        return text.ToString();
    }

    // Quoted, because a bare value loses its white space and may look like a comment. Inside quotes a backslash takes the next character as it is.
    private static void Append(StringBuilder text, string token, string? value)
    {
        if (value is not null)
        {
            text.Append(token).Append(" \"")
                .Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))
                .Append("\"\n");
        }
    }
}
