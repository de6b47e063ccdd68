using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>A plugin installed for a tenant, in a line.</summary>
public sealed record Installation
{
    [Description("Its id in the paths of this API: the name of the TenantPlugin.")]
    public required string Id { get; init; }

    [Description("The entry of the catalog that it is an installation of.")]
    public required string PluginId { get; init; }

    [Description("Whose it is.")]
    public required string TenantId { get; init; }

    [Description("The namespace that it is in.")]
    public required string Namespace { get; init; }

    [Description("The version that runs, or is being rolled out; until then the one that was asked for.")]
    public string? Version { get; init; }

    [Description("Whether it is meant to run.")]
    public bool Enabled { get; init; }

    [Description("Its state in one word.")]
    public InstallationState State { get; init; }

    [Description("healthy, degraded, unhealthy or unknown.")]
    public required string Health { get; init; }

    [Description("Ready pods of wanted ones, such as 1/1.")]
    public string? Ready { get; init; }

    [Description("What it waits for, or what is wrong.")]
    public string? Message { get; init; }

    [Description("Calls of its operations since it was installed.")]
    public long ApiCalls { get; init; }

    [Description("Those of them that failed.")]
    public long ApiErrors { get; init; }

    [Description("When it was installed.")]
    public DateTimeOffset? InstalledAt { get; init; }
}
