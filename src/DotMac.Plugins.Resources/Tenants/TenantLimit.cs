using System.Globalization;
using DotMac.Kubernetes.Models;

namespace DotMac.Plugins.Resources.Tenants;

/// <summary>One thing of which a tenant may have so much.</summary>
/// <param name="Annotation">Where on the namespace it says how much.</param>
/// <param name="What">What, for people.</param>
/// <param name="Pointer">The field that asks for it.</param>
/// <param name="Of">How much of it there is in a use.</param>
/// <param name="Most">How much of it the tenant may have; null while nothing legible says so.</param>
public sealed record TenantLimit(string Annotation, string What, string Pointer, Func<TenantUse, decimal> Of, decimal? Most = null)
{
    private const decimal Mebi = 1024 * 1024;

    /// <summary>Whether that much is allowed.</summary>
    public bool Allows(TenantUse use) => Most is not { } most || Of(use) <= most;

    /// <summary>What to say to a wish that does not fit.</summary>
    /// <param name="others">What the tenant's other plugins take.</param>
    /// <param name="wish">What this one would take.</param>
    public string Refusal(TenantUse others, TenantUse wish) =>
        $"the tenant may have {Text(Most ?? 0)} {What} (annotation {Annotation} of the namespace), its other plugins take {Text(Of(others))}, and this one wants {Text(Of(wish))}; "
        + "ask for less, remove or switch off another plugin, or ask a platform administrator to raise the annotation";

    private string Text(decimal amount) =>
        What == "memory" && amount > 0 && amount % Mebi == 0 ? $"{(amount / Mebi).ToString("0", CultureInfo.InvariantCulture)}Mi"
        : ResourceQuantity.TryParse(amount.ToString(CultureInfo.InvariantCulture), out var quantity) ? quantity.ToString()
        : amount.ToString(CultureInfo.InvariantCulture);
}
