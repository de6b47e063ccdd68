namespace DotMac.Audit.Verification;

/// <summary>What is wrong with a trail.</summary>
public enum AuditFindingKind
{
    /// <summary>A line is no line of a trail.</summary>
    Unreadable,

    /// <summary>A line is not as it was written, or the one before it is not.</summary>
    Edited,

    /// <summary>Lines are missing.</summary>
    Gap,

    /// <summary>A line stands where it was not written, or twice.</summary>
    Reordered,

    /// <summary>The end, or the beginning, was cut off.</summary>
    Truncated,

    /// <summary>The last line ends in its middle, as after a crash.</summary>
    Torn,

    /// <summary>The head is missing.</summary>
    HeadMissing,

    /// <summary>The head was changed, or does not fit the lines.</summary>
    HeadForged,

    /// <summary>The key is not the one that the trail was made with.</summary>
    WrongKey,

    /// <summary>A file's name does not fit its first line.</summary>
    Renamed,
}
