using System.ComponentModel;
using System.Text.Json;
using DotMac.Admin.Views;

namespace DotMac.Admin.Requests;

/// <summary>How an installed plugin is to be configured from now on.</summary>
internal sealed record ConfigRequest
{
    [Description("The whole configuration, in place of the one that is there. Secrets are kept in Vault and replaced by references; references that are there already are left as they are.")]
    public JsonElement? ConfigData { get; init; }

    [Description("How it is to be fenced in; what is left out stays.")]
    public SecurityView? Security { get; init; }

    [Description("Whether only to check, with Kubernetes too, and to store nothing. Default: false.")]
    public bool? DryRun { get; init; }
}
