namespace DotMac.Cli.Doctor;

/// <summary>How a part of an installation is.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>It works, and something should be looked after.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Bad,

    /// <summary>It could not be looked at.</summary>
    Unknown,
}
