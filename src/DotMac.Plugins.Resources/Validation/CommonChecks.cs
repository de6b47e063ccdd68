using DotMac.Kubernetes.Models;
using DotMac.Plugins.Contract.References;

namespace DotMac.Plugins.Resources.Validation;

/// <summary>Checks of what TenantPlugin and PluginDefinition have in common.</summary>
internal static class CommonChecks
{
    private const int HighestPort = 65535;

    /// <summary>Checks egress rules.</summary>
    public static void Egress(IList<EgressRule>? rules, string pointer, ErrorCollector errors)
    {
        for (var i = 0; i < (rules?.Count ?? 0); i++)
        {
            var place = JsonPointer.Append(pointer, i);
            errors.Require(
                Names.IsHost(rules![i]?.Host),
                $"{place}/host",
                "must be a DNS name in lower case without scheme, port and path, such as api.example.com or *.example.com, "
                + "an IPv4 address, or a range of them such as 10.1.0.0/16, its host bits zero");
            errors.Require(
                rules[i]?.Protocol is not { } protocol || Enum.IsDefined(protocol),
                $"{place}/protocol",
                $"must be one of {string.Join(", ", Serialization.EnumText.All<EgressProtocol>())}");
            for (var j = 0; j < (rules[i]?.Ports?.Count ?? 0); j++)
            {
                errors.Require(
                    rules[i].Ports![j] is >= 1 and <= HighestPort,
                    JsonPointer.Append($"{place}/ports", j),
                    $"must be a port from 1 to {HighestPort}");
            }
        }
    }

    /// <summary>Checks requests and limits of one layer.</summary>
    public static void Resources(V1ResourceRequirements? resources, string pointer, ErrorCollector errors)
    {
        Amounts(resources?.Requests, $"{pointer}/requests", errors);
        Amounts(resources?.Limits, $"{pointer}/limits", errors);
        foreach (var (name, request) in resources?.Requests ?? new Dictionary<string, ResourceQuantity>())
        {
            if (resources!.Limits?.TryGetValue(name, out var limit) == true && request > limit)
            {
                errors.Add(
                    JsonPointer.Append($"{pointer}/requests", name),
                    $"{request} is above the limit of {limit}; lower it, or raise the limit");
            }
        }
    }

    private static void Amounts(IDictionary<string, ResourceQuantity>? amounts, string pointer, ErrorCollector errors)
    {
        foreach (var (name, amount) in amounts ?? new Dictionary<string, ResourceQuantity>())
        {
            errors.Require(amount.Value >= 0, JsonPointer.Append(pointer, name), "must not be negative");
        }
    }
}
