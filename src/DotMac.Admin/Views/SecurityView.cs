using System.ComponentModel;

namespace DotMac.Admin.Views;

/// <summary>How a plugin is fenced in, as the guide writes it.</summary>
public sealed record SecurityView
{
    [Description("Whether network policies confine it. Default: true.")]
    public bool? SandboxEnabled { get; init; }

    [Description("What it may use. Default: what the catalog says.")]
    public ResourceLimitsView? ResourceLimits { get; init; }
}
