namespace DotMac.Cli.Audit;

/// <summary>How the result of verifying is told.</summary>
internal enum VerifyFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For programs.</summary>
    Json,
}
