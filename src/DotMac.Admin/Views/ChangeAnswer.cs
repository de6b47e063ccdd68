using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>The answer to a change.</summary>
public sealed record ChangeAnswer
{
    [Description("What was done: installed, activated, deactivated, restarted, configured, upgraded, rolled_back, removed or unchanged.")]
    public required string Result { get; init; }

    [Description("Whether only the question was answered, and nothing was stored.")]
    public bool DryRun { get; init; }

    [Description("The plugin as it is stored now, or would be; absent once it is removed.")]
    public InstallationDetails? Plugin { get; init; }

    [Description("What should be known all the same.")]
    public required IReadOnlyList<string> Warnings { get; init; }
}
