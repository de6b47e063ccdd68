namespace DotMac.Cli;

/// <summary>What a command ends with.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>What was looked for is not so: damage was found, for example.</summary>
    public const int Failure = 1;

    /// <summary>It could not be tried: wrong arguments, or something cannot be read.</summary>
    public const int Unusable = 2;
}
