using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>How an installed plugin is.</summary>
public sealed record InstallationStatus
{
    [Description("Its id in the paths of this API.")]
    public required string Id { get; init; }

    [Description("The entry of the catalog that it is an installation of.")]
    public required string PluginId { get; init; }

    [Description("Whose it is.")]
    public required string TenantId { get; init; }

    [Description("Its state in one word.")]
    public InstallationState State { get; init; }

    [Description("Whether it is meant to run.")]
    public bool Enabled { get; init; }

    [Description("Whether the operator has acted upon the newest wishes, so that the rest speaks of them.")]
    public bool UpToDate { get; init; }

    [Description("The version that runs, or is being rolled out.")]
    public string? Version { get; init; }

    [Description("The image that runs.")]
    public string? Image { get; init; }

    [Description("Ready pods of wanted ones, such as 1/1.")]
    public string? Ready { get; init; }

    [Description("What it waits for, or what is wrong.")]
    public string? Message { get; init; }

    [Description("What it said of itself.")]
    public HealthView? Health { get; init; }

    [Description("How much it is used.")]
    public MetricsView? Metrics { get; init; }

    [Description("The conditions, each with the way out.")]
    public required IReadOnlyList<ConditionView> Conditions { get; init; }

    [Description("Newer releases in the catalog, newest first.")]
    public required IReadOnlyList<string> AvailableVersions { get; init; }

    [Description("A version or config that is being tried, or was taken back; absent when there is none.")]
    public RolloutView? Rollout { get; init; }
}
