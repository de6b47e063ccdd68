using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>A version with its configuration that was healthy once.</summary>
public sealed record RevisionView(
    [property: Description("Its number: what rollback takes.")] long Revision,
    [property: Description("Its name.")] string Name,
    [property: Description("Its version.")] string Version,
    [property: Description("When it became healthy first.")] DateTimeOffset? Since,
    [property: Description("Whether it is the one that runs.")] bool Current);
