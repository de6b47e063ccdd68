using System.Globalization;
using DotMac.Plugins.NetworkAutomation.Devices;
using DotMac.Plugins.NetworkAutomation.Processes;
using DotMac.Plugins.NetworkAutomation.Ssh;

namespace DotMac.Plugins.NetworkAutomation.Playbooks;

/// <summary>Writes the files of a run and builds the command that runs it.</summary>
internal static class AnsibleCommand
{
    private static readonly string CallbackPlugins = Path.Combine(AppContext.BaseDirectory, "ansible", "callback_plugins");

    /// <summary>Writes what Ansible reads, and says how to start it.</summary>
    public static ChildCommand Prepare(PrivateDirectory directory, PlaybookOrder order)
    {
        SshFiles files = SshFiles.Write(directory, order.Devices);
        string playbook = directory.Write("playbook.yml", order.Playbook);
        string inventory = directory.Write("inventory.json", Inventory.Text(order.Devices, files));
        string? variables = order.ExtraVariables.Count > 0 ? directory.Write("variables.yml", ExtraVariables.Text(order.ExtraVariables)) : null;
        return new ChildCommand("ansible-playbook", Arguments(order, inventory, variables, playbook), Environment(directory, files, order.Devices), directory.Path);
    }

    /// <summary>The command line. Pure.</summary>
    public static IReadOnlyList<string> Arguments(PlaybookOrder order, string inventory, string? variables, string playbook) =>
    [
        "--inventory", inventory,
        "--forks", order.Forks.ToString(CultureInfo.InvariantCulture),
        .. variables is null ? [] : new[] { "--extra-vars", $"@{variables}" },
        .. order.Check ? ["--check"] : Array.Empty<string>(),
        .. order.Tags.Count > 0 ? ["--tags", string.Join(',', order.Tags)] : Array.Empty<string>(),
        "--", playbook,
    ];

    private static Dictionary<string, string> Environment(PrivateDirectory directory, SshFiles files, IReadOnlyList<Device> devices)
    {
        string home = directory.Make("ansible");
        return new Dictionary<string, string>(files.Environment)
        {
            // No ansible.cfg of anybody's: an empty one.
            ["ANSIBLE_CONFIG"] = directory.Write("ansible.cfg", "[defaults]\n"),
            ["ANSIBLE_HOME"] = home,
            ["ANSIBLE_LOCAL_TEMP"] = Path.Combine(home, "tmp"),
            ["ANSIBLE_INVENTORY_ENABLED"] = "yaml",
            ["ANSIBLE_STDOUT_CALLBACK"] = "dotmac_events",
            ["ANSIBLE_CALLBACK_PLUGINS"] = CallbackPlugins,
            ["ANSIBLE_HOST_KEY_CHECKING"] = "True",
            ["ANSIBLE_TIMEOUT"] = devices.Max(device => device.Ssh!.ConnectTimeoutSeconds).ToString(CultureInfo.InvariantCulture),

            // One connection a task instead of four.
            ["ANSIBLE_PIPELINING"] = "True",
            ["ANSIBLE_PYTHON_INTERPRETER"] = "auto_silent",
            ["ANSIBLE_RETRY_FILES_ENABLED"] = "False",
            ["ANSIBLE_NOCOWS"] = "True",
            ["ANSIBLE_NOCOLOR"] = "True",
            ["ANSIBLE_LOCALHOST_WARNING"] = "False",
            ["ANSIBLE_DEPRECATION_WARNINGS"] = "False",
            ["ANSIBLE_TRANSFORM_INVALID_GROUP_CHARS"] = "ignore",
            ["PYTHONDONTWRITEBYTECODE"] = "1",
            ["PYTHONUNBUFFERED"] = "1",
        };
    }
}
