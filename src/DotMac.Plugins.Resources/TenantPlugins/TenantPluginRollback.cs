namespace DotMac.Plugins.Resources;

/// <summary>A revision that failed, and in whose place the last good one runs until spec or definition change, or a restart is asked for.</summary>
public sealed class TenantPluginRollback
{
    /// <summary>The name of the revision that failed.</summary>
    public string? Revision { get; set; }

    /// <summary>Its version.</summary>
    public string? Version { get; set; }

    /// <summary>When it was given up.</summary>
    public DateTimeOffset? At { get; set; }

    /// <summary>The restart that was asked for last when it was given up; another one tries it again.</summary>
    public string? RestartedAt { get; set; }

    /// <summary>Why, in one word.</summary>
    public string? Reason { get; set; }

    /// <summary>Why, for people.</summary>
    public string? Message { get; set; }
}
