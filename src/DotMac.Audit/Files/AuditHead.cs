using System.Text.Json;
using System.Text.Json.Serialization;
using DotMac.Audit.Chain;
using DotMac.Audit.Entries;

namespace DotMac.Audit.Files;

/// <summary>
/// What is kept beside the files, so that an end that was cut off and oldest files that were taken away are found: the last place in the
/// chain, and the place before the oldest line that is kept.
/// </summary>
/// <param name="Seq">The last line's number; 0 when there is none.</param>
/// <param name="Hash">The last line's hash.</param>
/// <param name="OldestSeq">The number of the oldest line that is kept.</param>
/// <param name="OldestPrev">The hash of the line before that.</param>
/// <param name="Mac">The hash of the four others, made as the lines' are.</param>
public sealed record AuditHead(long Seq, string Hash, long OldestSeq, string OldestPrev, string? Mac = null)
{
    /// <summary>The last place in the chain.</summary>
    [JsonIgnore]
    public ChainLink Last => new(Seq, Hash);

    /// <summary>The head with its hash.</summary>
    public AuditHead Signed(ChainHash hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return this with { Mac = hash.Of(JsonSerializer.SerializeToUtf8Bytes(this with { Mac = null }, AuditJsonContext.Default.AuditHead)) };
    }

    /// <summary>Whether its hash is its own.</summary>
    public bool IsGenuine(ChainHash hash) => Mac is not null && Mac == Signed(hash).Mac;

    /// <summary>As it is written.</summary>
    public byte[] ToUtf8Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, AuditJsonContext.Default.AuditHead);

    /// <summary>Reads a head that may be anything.</summary>
    /// <returns>Null when it is none.</returns>
    public static AuditHead? Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, AuditJsonContext.Default.AuditHead) is { Hash: not null, OldestPrev: not null } head ? head : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
