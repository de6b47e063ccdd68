using System.ComponentModel;
using System.Text.Json;
using DotMac.Admin.Views;

namespace DotMac.Admin.Requests;

/// <summary>What is to be installed. A configuration file of the guide can be sent as it is.</summary>
internal sealed record InstallRequest
{
    [Description("The entry of the catalog.")]
    public string? PluginId { get; init; }

    [Description("Whose it is to be. May be left out by who may see one tenant only.")]
    public string? TenantId { get; init; }

    [Description("Under which id it is to be installed: lower-case letters, digits and '-'. Default: plugin_id. Needed to install an entry twice.")]
    public string? InstanceId { get; init; }

    [Description("The version; absent for the catalog's default.")]
    public string? Version { get; init; }

    [Description("Whether it is to run at once. Default: true.")]
    public bool? Enabled { get; init; }

    [Description("Its configuration, as the schema in the catalog says. Secrets are kept in Vault and replaced by references; references may also be written: ${vault:path/key}, ${secret:name/key}, ${env:NAME}.")]
    public JsonElement? ConfigData { get; init; }

    [Description("How it is to be fenced in.")]
    public SecurityView? Security { get; init; }

    [Description("Whether only to check, with Kubernetes too, and to store nothing. Default: false.")]
    public bool? DryRun { get; init; }

    [Description("Taken so that a configuration file of the guide can be sent as it is; the catalog's name is used.")]
    public string? Name { get; init; }

    [Description("Taken so that a configuration file of the guide can be sent as it is; the catalog's category is used.")]
    public string? Category { get; init; }
}
