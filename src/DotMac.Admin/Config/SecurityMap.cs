using System.Globalization;
using DotMac.Admin.Problems;
using DotMac.Admin.Views;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources;

namespace DotMac.Admin.Config;

/// <summary>The guide's <c>security</c>, to and from a spec. Pure.</summary>
internal static class SecurityMap
{
    private const decimal Mebi = 1024 * 1024;
    private const long MostMemory = 1024 * 1024;
    private const int MostPercent = 10_000;

    /// <summary>Puts it into a spec; what it does not name stays as it is.</summary>
    /// <param name="security">It; null changes nothing.</param>
    /// <param name="spec">The spec.</param>
    /// <param name="errors">Told of what is wrong.</param>
    public static void Write(SecurityView? security, TenantPluginSpec spec, ICollection<FieldError> errors)
    {
        if (security?.SandboxEnabled is { } sandboxed)
        {
            spec.Sandbox ??= new SandboxSpec();
            spec.Sandbox.Enabled = sandboxed;
        }

        var limits = security?.ResourceLimits;
        if (limits?.MemoryMb is { } memory)
        {
            if (memory is >= 1 and <= MostMemory)
            {
                Limits(spec)["memory"] = ResourceQuantity.Parse(string.Create(CultureInfo.InvariantCulture, $"{memory}Mi"));
            }
            else
            {
                errors.Add(new FieldError("/security/resource_limits/memory_mb", $"must be a number of mebibytes from 1 to {MostMemory}"));
            }
        }

        if (limits?.CpuPercent is { } percent)
        {
            if (percent is >= 1 and <= MostPercent)
            {
                Limits(spec)["cpu"] = ResourceQuantity.Parse(string.Create(CultureInfo.InvariantCulture, $"{percent * 10}m"));
            }
            else
            {
                errors.Add(new FieldError("/security/resource_limits/cpu_percent", $"must be a percentage of a core from 1 to {MostPercent}"));
            }
        }
    }

    /// <summary>Reads it from a spec; null where the spec says nothing of it.</summary>
    public static SecurityView? Read(TenantPluginSpec? spec)
    {
        var memory = Amount(spec, "memory") is { } bytes ? (long?)Math.Ceiling(bytes / Mebi) : null;
        var percent = Amount(spec, "cpu") is { } cores and < int.MaxValue / 100 ? (int?)Math.Ceiling(cores * 100) : null;
        var limits = memory is null && percent is null ? null : new ResourceLimitsView { MemoryMb = memory, CpuPercent = percent };
        return spec?.Sandbox?.Enabled is null && limits is null ? null : new SecurityView { SandboxEnabled = spec?.Sandbox?.Enabled, ResourceLimits = limits };
    }

    private static decimal? Amount(TenantPluginSpec? spec, string resource) =>
        spec?.Resources?.Limits?.TryGetValue(resource, out var quantity) == true && quantity.Value is >= 0 and < long.MaxValue ? quantity.Value : null;

    private static IDictionary<string, ResourceQuantity> Limits(TenantPluginSpec spec)
    {
        spec.Resources ??= new V1ResourceRequirements();
        return spec.Resources.Limits ??= new Dictionary<string, ResourceQuantity>(StringComparer.Ordinal);
    }
}
