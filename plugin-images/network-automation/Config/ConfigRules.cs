using DotMac.Plugins.NetworkAutomation.Devices;

namespace DotMac.Plugins.NetworkAutomation.Config;

/// <summary>What can only be judged when a device and the defaults are put together. Pure.</summary>
internal static class ConfigRules
{
    /// <summary>The problems of the devices, each naming its device.</summary>
    public static IEnumerable<string> OfDevices(NetworkAutomationConfig config)
    {
        foreach ((string name, DeviceConfig device) in config.Devices)
        {
            if (!WholeMatch.Is(name, NetworkForms.DeviceName))
            {
                yield return $"'{name}' is no name for a device: write letters, digits, '.', '_' and '-', at most 63, a letter or digit first.";
                continue;
            }

            if (device is null)
            {
                yield return $"{name}: must be an object.";
                continue;
            }

            foreach (string problem in OfSnmp(SnmpTarget.Of(device, config.Defaults)).Concat(OfSsh(SshTarget.Of(device, config.Defaults))))
            {
                yield return $"{name}: {problem}";
            }
        }
    }

    /// <summary>The problems of the playbooks.</summary>
    public static IEnumerable<string> OfPlaybooks(NetworkAutomationConfig config)
    {
        foreach ((string name, string text) in config.Playbooks)
        {
            if (!WholeMatch.Is(name, NetworkForms.PlaybookName))
            {
                yield return $"'{name}' is no name for a playbook: write letters, digits, '.', '_' and '-', at most 63, a letter or digit first.";
            }
            else if (string.IsNullOrWhiteSpace(text))
            {
                yield return $"{name}: the playbook is empty.";
            }
        }
    }

    private static IEnumerable<string> OfSnmp(SnmpTarget? snmp)
    {
        switch (snmp?.Version)
        {
            case null when snmp is not null:
                yield return "snmp needs a version: v2c or v3.";
                break;
            case SnmpTarget.Version2C when snmp.Community is null:
                yield return "snmp v2c needs a community.";
                break;
            case SnmpTarget.Version3 when snmp.User is null:
                yield return "snmp v3 needs a user.";
                break;
            case SnmpTarget.Version3 when snmp.SecurityLevel != SnmpTarget.NoAuthNoPriv && snmp.AuthPassword is null:
                yield return $"snmp v3 with {snmp.SecurityLevel} needs an authPassword.";
                break;
            case SnmpTarget.Version3 when snmp.SecurityLevel == SnmpTarget.AuthPriv && snmp.PrivPassword is null:
                yield return "snmp v3 with authPriv needs a privPassword.";
                break;
        }
    }

    private static IEnumerable<string> OfSsh(SshTarget? ssh)
    {
        if (ssh is null)
        {
            yield break;
        }

        if (ssh.User is null)
        {
            yield return "ssh needs a user.";
        }

        if (ssh.Password is null && ssh.PrivateKey is null)
        {
            yield return "ssh needs a password or a privateKey.";
        }

        if (ssh.HostKeys.Count == 0)
        {
            yield return "ssh needs hostKeys, so that nobody can pose as the device: take them from `ssh-keyscan <host>`.";
        }
    }
}
