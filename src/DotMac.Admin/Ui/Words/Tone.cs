namespace DotMac.Admin.Ui.Words;

/// <summary>How something stands, for colours, icons and what screen readers say.</summary>
public enum Tone
{
    /// <summary>Neither good nor bad.</summary>
    Neutral,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Under way.</summary>
    Busy,

    /// <summary>Not as it should be.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Bad,
}
