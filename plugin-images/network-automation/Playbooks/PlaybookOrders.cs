using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.NetworkAutomation.Config;
using DotMac.Plugins.NetworkAutomation.Devices;
using DotMac.Plugins.NetworkAutomation.Operations;
using DotMac.Plugins.Sdk.Errors;

namespace DotMac.Plugins.NetworkAutomation.Playbooks;

/// <summary>Looks up what a call asks for. Pure.</summary>
internal static class PlaybookOrders
{
    /// <summary>The order of a call.</summary>
    /// <exception cref="InvalidRequestException">The call asks for what the config does not have or allow.</exception>
    public static PlaybookOrder Of(NetworkAutomationConfig config, AnsibleRunRequest request)
    {
        IReadOnlyList<Device> devices = DeviceSelection.Select(config, request);
        if (devices.Where(device => device.Ssh is null).Select(device => device.Name).ToArray() is { Length: > 0 } without)
        {
            throw new InvalidRequestException(
                "Ansible reaches devices by SSH.",
                [new FieldProblem(request.Group is null ? "/devices" : "/group", $"The config has no ssh for {string.Join(", ", without)}.")]);
        }

        return new PlaybookOrder(Playbook(config, request.Playbook), devices, request.ExtraVars ?? [], request.Tags ?? [], request.Check, config.MaxConcurrency);
    }

    private static string Playbook(NetworkAutomationConfig config, string playbook)
    {
        if (WholeMatch.Is(playbook, NetworkForms.PlaybookName))
        {
            return config.Playbooks.TryGetValue(playbook, out string? text) ? text
                : throw Refused("The config has no playbook of this name.", config);
        }

        return config.AllowInlinePlaybooks ? playbook
            : throw Refused("A call may not bring a playbook of its own: the config's allowInlinePlaybooks is false.", config);
    }

    private static InvalidRequestException Refused(string problem, NetworkAutomationConfig config) => new(
        problem,
        [new FieldProblem("/playbook", config.Playbooks.Count == 0
            ? "The config has no playbooks; add one there."
            : $"Name one of the config's: {string.Join(", ", config.Playbooks.Keys.Order(StringComparer.Ordinal))}.")]);
}
