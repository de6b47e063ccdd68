using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>Something that was told about a plugin.</summary>
public sealed record EventView(
    [property: Description("normal or warning.")] string Type,
    [property: Description("Why, in CamelCase.")] string? Reason,
    [property: Description("What happened.")] string? Message,
    [property: Description("How often.")] int Count,
    [property: Description("When it happened last.")] DateTimeOffset? LastSeen);
