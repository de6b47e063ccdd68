using System.Diagnostics.CodeAnalysis;
using DotMac.Plugins.Resources.Validation;

namespace DotMac.Plugins.Resources.Versions;

/// <summary>A version that was found, or why none was.</summary>
/// <param name="Version">The version; null when there is an error.</param>
/// <param name="Error">Why none was found; null when one was.</param>
public sealed record VersionResolution(PluginVersionSpec? Version, ValidationError? Error)
{
    /// <summary>Whether a version was found.</summary>
    [MemberNotNullWhen(true, nameof(Version))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Found => Version is not null;
}
