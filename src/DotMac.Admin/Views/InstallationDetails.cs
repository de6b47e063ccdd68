using System.ComponentModel;
using System.Text.Json.Nodes;

namespace DotMac.Admin.Views;

/// <summary>An installed plugin with its configuration.</summary>
public sealed record InstallationDetails
{
    [Description("Its id in the paths of this API: the name of the TenantPlugin.")]
    public required string Id { get; init; }

    [Description("The entry of the catalog that it is an installation of.")]
    public required string PluginId { get; init; }

    [Description("The entry's name for people.")]
    public required string Name { get; init; }

    [Description("The entry's category.")]
    public string? Category { get; init; }

    [Description("Whose it is.")]
    public required string TenantId { get; init; }

    [Description("The namespace that it is in.")]
    public required string Namespace { get; init; }

    [Description("The version that was asked for; absent for the catalog's default.")]
    public string? Version { get; init; }

    [Description("Whether it is meant to run.")]
    public bool Enabled { get; init; }

    [Description("Its configuration. Secrets are references; a secret that stands there in plain text is shown as ***.")]
    public JsonNode? ConfigData { get; init; }

    [Description("How it is fenced in; absent where the defaults hold.")]
    public SecurityView? Security { get; init; }

    [Description("How it is.")]
    public required InstallationStatus Status { get; init; }

    [Description("When it was installed.")]
    public DateTimeOffset? InstalledAt { get; init; }

    [Description("Its version in the store, as in the header ETag: send it as If-Match to change what was read and nothing newer.")]
    public string? ResourceVersion { get; init; }
}
