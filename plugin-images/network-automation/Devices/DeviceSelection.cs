using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.NetworkAutomation.Config;
using DotMac.Plugins.NetworkAutomation.Operations;
using DotMac.Plugins.Sdk.Errors;

namespace DotMac.Plugins.NetworkAutomation.Devices;

/// <summary>Finds the devices that a call names. Pure. Only the config's are ever found.</summary>
internal static class DeviceSelection
{
    private const int MostNamed = 40;

    /// <summary>The devices, each once, in the order of the call or, for a group, of the config.</summary>
    /// <exception cref="InvalidRequestException">The call names what the config does not have.</exception>
    public static IReadOnlyList<Device> Select(NetworkAutomationConfig config, DevicesRequest request)
    {
        if (request.Group is string group)
        {
            Device[] members = [.. config.Devices
                .Where(pair => pair.Value.Groups.Contains(group, StringComparer.Ordinal))
                .Select(pair => Device.Of(pair.Key, pair.Value, config.Defaults))];
            return members.Length > 0 ? members : throw Unknown(
                [new FieldProblem("/group", $"No device is in this group. {Known("groups", config.Devices.Values.SelectMany(device => device.Groups).Distinct())}")]);
        }

        IReadOnlyList<string> names = request.Devices ?? [];
        FieldProblem[] problems = [.. names
            .Select((name, index) => (name, index))
            .Where(item => !config.Devices.ContainsKey(item.name))
            .Select(item => new FieldProblem($"/devices/{item.index}", $"Is no device of the plugin's config. {Known("devices", config.Devices.Keys)}"))];
        return problems.Length > 0
            ? throw Unknown(problems)
            : [.. names.Distinct(StringComparer.Ordinal).Select(name => Device.Of(name, config.Devices[name], config.Defaults))];
    }

    private static InvalidRequestException Unknown(IReadOnlyList<FieldProblem> problems) =>
        new("Only devices of the plugin's config can be reached; add them there.", problems);

    private static string Known(string what, IEnumerable<string> names)
    {
        string[] sorted = [.. names.Order(StringComparer.Ordinal)];
        return sorted.Length == 0 ? $"The config has no {what}."
            : $"Known {what}: {string.Join(", ", sorted.Take(MostNamed))}{(sorted.Length > MostNamed ? $" and {sorted.Length - MostNamed} more" : "")}.";
    }
}
