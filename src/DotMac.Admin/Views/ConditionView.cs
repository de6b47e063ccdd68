using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>One condition of a plugin.</summary>
public sealed record ConditionView(
    [property: Description("What is spoken of: Ready, ConfigValid, SecretsReady, …")] string Type,
    [property: Description("True, False or Unknown.")] string Status,
    [property: Description("Why, in CamelCase.")] string? Reason,
    [property: Description("Why, and what to do.")] string? Message,
    [property: Description("When the status last changed.")] DateTimeOffset? LastTransitionTime);
