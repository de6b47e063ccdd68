using System.Globalization;
using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources.Validation;

namespace DotMac.Plugins.Resources.Tenants;

/// <summary>
/// How much a tenant may have, as the annotations of its namespace say. Those installed first come first. An annotation that cannot be read
/// lets nothing new in: whoever wrote it meant to limit something. Pure.
/// </summary>
/// <param name="Limits">What is limited.</param>
/// <param name="Unreadable">Annotations that cannot be read, with the way out.</param>
public sealed record TenantLimits(IReadOnlyList<TenantLimit> Limits, IReadOnlyList<string> Unreadable)
{
    private static readonly TenantLimit Plugins = new(Annotations.MaxPlugins, "plugins", "/metadata/name", static use => use.Plugins);
    private static readonly TenantLimit Cpu = new(Annotations.MaxCpu, "cpu", "/spec/resources/limits/cpu", static use => use.Cpu);
    private static readonly TenantLimit Memory = new(Annotations.MaxMemory, "memory", "/spec/resources/limits/memory", static use => use.Memory);

    /// <summary>The annotations that say so.</summary>
    public static IReadOnlyList<string> Keys { get; } = [Annotations.MaxPlugins, Annotations.MaxCpu, Annotations.MaxMemory];

    /// <summary>No limits.</summary>
    public static TenantLimits None { get; } = new([], []);

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => Limits.Count == 0 && Unreadable.Count == 0;

    /// <summary>What a namespace allows.</summary>
    /// <param name="ns">It; null when nothing is known of it.</param>
    public static TenantLimits Of(V1Namespace? ns)
    {
        if (ns?.Metadata.Annotations is not { Count: > 0 } annotations || !Keys.Any(annotations.ContainsKey))
        {
            return None;
        }

        var (limits, unreadable) = (new List<TenantLimit>(), new List<string>());
        foreach (var limit in new[] { Plugins, Cpu, Memory })
        {
            if (!annotations.TryGetValue(limit.Annotation, out var text))
            {
                continue;
            }

            if (Read(limit, text) is { } most)
            {
                limits.Add(limit with { Most = most });
            }
            else
            {
                unreadable.Add(
                    $"the annotation {limit.Annotation} of namespace {ns.Metadata.Name} is no {(limit == Plugins ? "number, such as 10" : "quantity, such as 4 or 8Gi")}, "
                    + "so nothing new is let in; ask a platform administrator to correct or remove it");
            }
        }

        return new TenantLimits(limits, unreadable);
    }

    /// <summary>Why a change may not be; empty when it may. What takes no more than before always may: how else would a tenant come below a limit again?</summary>
    /// <param name="before">The plugin as it is; null for a new one.</param>
    /// <param name="after">As it would be.</param>
    /// <param name="installed">Every TenantPlugin of the namespace.</param>
    /// <param name="useOf">What one takes.</param>
    public IReadOnlyList<ValidationError> OfChange(TenantPlugin? before, TenantPlugin after, IReadOnlyList<TenantPlugin> installed, Func<TenantPlugin, TenantUse> useOf)
    {
        if (IsEmpty)
        {
            return [];
        }

        var (was, wish) = (before is null ? TenantUse.None : useOf(before), useOf(after));
        var others = installed.Where(p => p.Metadata.Name != after.Metadata.Name && p.Metadata.DeletionTimestamp is null).Aggregate(TenantUse.None, (sum, p) => sum + useOf(p));
        return
        [
            .. before is null ? Unreadable.Select(static text => new ValidationError("/metadata/namespace", text)) : [],
            .. Limits.Where(limit => limit.Of(wish) > limit.Of(was) && !limit.Allows(others + wish)).Select(limit => new ValidationError(limit.Pointer, limit.Refusal(others, wish))),
        ];
    }

    /// <summary>Why an installed plugin may not run; null when it may. Those that were installed first are counted first; what does not fit is left out.</summary>
    /// <param name="plugin">It.</param>
    /// <param name="installed">Every TenantPlugin of the namespace.</param>
    /// <param name="useOf">What one takes.</param>
    public ValidationError? OfInstalled(TenantPlugin plugin, IReadOnlyList<TenantPlugin> installed, Func<TenantPlugin, TenantUse> useOf)
    {
        if (IsEmpty)
        {
            return null;
        }

        if (Unreadable.Count > 0 && !WasValid(plugin))
        {
            return new ValidationError("/metadata/namespace", string.Join("; ", Unreadable));
        }

        var taken = TenantUse.None;
        var inTurn = installed
            .Where(p => p.Metadata.DeletionTimestamp is null && p.Metadata.Name != plugin.Metadata.Name && IsBefore(p, plugin))
            .OrderBy(static p => p.Metadata.CreationTimestamp)
            .ThenBy(static p => p.Metadata.Name, StringComparer.Ordinal);
        foreach (var use in inTurn.Select(useOf))
        {
            taken = Limits.All(limit => limit.Allows(taken + use)) ? taken + use : taken;
        }

        var wish = useOf(plugin);
        return Limits.FirstOrDefault(limit => !limit.Allows(taken + wish)) is { } over ? new ValidationError(over.Pointer, over.Refusal(taken, wish)) : null;
    }

    private static decimal? Read(TenantLimit limit, string text) => limit == Plugins
        ? uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null
        : ResourceQuantity.TryParse(text, out var quantity) && quantity.Value >= 0 ? quantity.Value : null;

    private static bool IsBefore(TenantPlugin left, TenantPlugin right) =>
        left.Metadata.CreationTimestamp != right.Metadata.CreationTimestamp
            ? left.Metadata.CreationTimestamp < right.Metadata.CreationTimestamp
            : string.CompareOrdinal(left.Metadata.Name, right.Metadata.Name) < 0;

    private static bool WasValid(TenantPlugin plugin) => plugin.Status?.Conditions?.Any(static c => c is { Type: ConditionTypes.ConfigValid, Status: "True" }) == true;
}
