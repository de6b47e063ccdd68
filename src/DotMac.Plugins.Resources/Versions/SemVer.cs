using NuGet.Versioning;

namespace DotMac.Plugins.Resources.Versions;

/// <summary>Reads versions.</summary>
internal static class SemVer
{
    /// <summary>The version that a text spells by the rules of SemVer 2.0; null when it spells none.</summary>
    public static SemanticVersion? Of(string? text) => text is not null && SemanticVersion.TryParse(text, out var version) ? version : null;
}
