using System.Text.Json.Nodes;
using DotMac.Plugins.NetworkAutomation.Devices;
using DotMac.Plugins.NetworkAutomation.Ssh;

namespace DotMac.Plugins.NetworkAutomation.Playbooks;

/// <summary>Writes Ansible's inventory: the devices of the call, their groups, and how they are reached. Pure. It holds no secret, only paths.</summary>
internal static class Inventory
{
    /// <summary>The inventory as JSON, which Ansible's YAML inventory plugin reads.</summary>
    public static string Text(IReadOnlyList<Device> devices, SshFiles files)
    {
        var hosts = new JsonObject(devices.Select(device => KeyValuePair.Create(device.Name, (JsonNode?)Host(device, files))));
        var groups = new JsonObject(devices
            .SelectMany(device => device.Groups, (device, group) => (device.Name, group))
            .GroupBy(pair => pair.group, pair => pair.Name, StringComparer.Ordinal)
            .Select(group => KeyValuePair.Create(group.Key, (JsonNode?)new JsonObject
            {
                ["hosts"] = new JsonObject(group.Distinct().Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject()))),
            })));
        return new JsonObject { ["all"] = new JsonObject { ["hosts"] = hosts, ["children"] = groups } }.ToJsonString();
    }

    // Ansible puts ansible_ssh_args before its own options, so ssh takes ours. It is the one that knows passwords without sshpass: ssh asks for
    // them itself. Files of a device with a password go through the connection, for Ansible runs sftp in batch mode, which forbids passwords.
    private static JsonObject Host(Device device, SshFiles files)
    {
        SshTarget target = device.Ssh!;
        var host = new JsonObject
        {
            ["ansible_connection"] = "ssh",
            ["ansible_host"] = target.Host,
            ["ansible_port"] = target.Port,
            ["ansible_user"] = target.User,
            ["ansible_ssh_args"] = $"-F /dev/null {string.Join(' ', SshOptions.Of(device, files).Select(ShellWord))}",
        };
        if (target.Password is not null)
        {
            host["ansible_ssh_transfer_method"] = "piped";
        }

        return host;
    }

    // Ansible splits the options as a shell would (shlex). Before, it takes quotes away that stand around the whole, so the first word has none.
    private static string ShellWord(string word) =>
        WholeMatch.Is(word, "[A-Za-z0-9_./=,+-]+") ? word : $"'{word.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'";
}
