namespace DotMac.Audit.Chain;

/// <summary>A place in the chain.</summary>
/// <param name="Seq">The line's number, from 1.</param>
/// <param name="Hash">The line's hash, 64 hexadecimal digits in lower case.</param>
public sealed record ChainLink(long Seq, string Hash)
{
    /// <summary>What stands before the first line.</summary>
    public static ChainLink Start { get; } = new(0, new string('0', 64));
}
