namespace DotMac.Audit.Files;

/// <summary>What was found when a trail's files were opened.</summary>
public enum AuditFileStart
{
    /// <summary>Nothing was there.</summary>
    New,

    /// <summary>The trail ended where it was said to.</summary>
    Continued,

    /// <summary>The last line was torn, as a crash leaves it; it was moved away.</summary>
    Recovered,

    /// <summary>The files do not fit what was said of them; the trail goes on behind the damage, which stays to be found.</summary>
    Damaged,
}
