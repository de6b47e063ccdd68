using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Stripe.Operations;

/// <summary>Refuses metadata that Stripe would refuse, or that would read as another field of the form (https://docs.stripe.com/api/metadata).</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class MetadataAttribute : ValidationAttribute
{
    private const int MaxName = 40;
    private const int MaxValue = 500;

    /// <summary>Says what fits.</summary>
    public MetadataAttribute()
        : base("Names have 1 to 40 characters, none of them [ or ]; values are texts of at most 500.")
    {
    }

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is not IReadOnlyDictionary<string, string> metadata
        || metadata.All(static entry => entry.Key.Length is > 0 and <= MaxName && entry.Key.AsSpan().IndexOfAny('[', ']') < 0 && entry.Value is { Length: <= MaxValue });
}
