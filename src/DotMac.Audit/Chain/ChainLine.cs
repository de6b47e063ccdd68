using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Audit.Entries;

namespace DotMac.Audit.Chain;

/// <summary>
/// One line of the trail: a JSON object that begins with its place in the chain and ends with its hash. What is hashed is the line, as UTF-8,
/// from its brace up to and without <c>,"hash":"</c>, which with 64 digits, a quote and a brace ends it.
/// </summary>
public sealed class ChainLine
{
    /// <summary>Longer lines are not read.</summary>
    public const int LongestBytes = 16 * 1024 * 1024;

    private const int Deepest = 64;
    private static readonly byte[] HashBegins = Encoding.ASCII.GetBytes(",\"hash\":\"");
    private static readonly byte[] HashEnds = Encoding.ASCII.GetBytes("\"}");

    private ChainLine(long seq, string prev, DateTimeOffset? time, string hash, bool isIntact) =>
        (Seq, Prev, Time, Hash, IsIntact) = (seq, prev, time, hash, isIntact);

    /// <summary>Its number.</summary>
    public long Seq { get; }

    /// <summary>The hash of the line before it.</summary>
    public string Prev { get; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>Its hash, as it says.</summary>
    public string Hash { get; }

    /// <summary>Whether the hash is that of its content.</summary>
    public bool IsIntact { get; }

    /// <summary>Its place.</summary>
    public ChainLink Link => new(Seq, Hash);

    /// <summary>Writes an entry as the line that follows another; without a newline.</summary>
    public static (byte[] Line, ChainLink Link) Write(AuditEntry entry, ChainLink before, DateTimeOffset time, ChainHash hash)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(hash);
        var seq = before.Seq + 1;
        var line = new JsonObject
        {
            ["stream"] = "audit",
            ["seq"] = seq,
            ["time"] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["prev"] = before.Hash,
        };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(entry, AuditJsonContext.Default.AuditEntry)!.AsObject().ToList())
        {
            line[name] = value?.DeepClone();
        }

        var text = Encoding.UTF8.GetBytes(line.ToJsonString());
        var hashed = text.AsSpan(0, text.Length - 1);
        var digest = hash.Of(hashed);
        return ([.. hashed, .. HashBegins, .. Encoding.ASCII.GetBytes(digest), .. HashEnds], new ChainLink(seq, digest));
    }

    /// <summary>Reads a line that may be anything.</summary>
    /// <returns>Null when it is no line of a trail.</returns>
    public static ChainLine? Read(ReadOnlySpan<byte> line, ChainHash hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        var hashed = line.Length - HashBegins.Length - 64 - HashEnds.Length;
        if (hashed <= 0 || line.Length > LongestBytes || !line.EndsWith(HashEnds) || !line[hashed..].StartsWith(HashBegins))
        {
            return null;
        }

        var digest = Encoding.ASCII.GetString(line.Slice(hashed + HashBegins.Length, 64));
        return Members(line) is { } found
            ? new ChainLine(found.Seq, found.Prev, found.Time, digest, digest == hash.Of(line[..hashed]))
            : null;
    }

    private static (long Seq, string Prev, DateTimeOffset? Time)? Members(ReadOnlySpan<byte> line)
    {
        long? seq = null;
        string? prev = null;
        DateTimeOffset? time = null;
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = Deepest });
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                {
                    continue;
                }

                var (isSeq, isPrev, isTime) = (reader.ValueTextEquals("seq"u8), reader.ValueTextEquals("prev"u8), reader.ValueTextEquals("time"u8));
                reader.Read();
                seq = isSeq && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : seq;
                prev = isPrev && reader.TokenType == JsonTokenType.String ? reader.GetString() : prev;
                time = isTime && reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var at) ? at : time;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }

        return seq is { } found && prev is not null ? (found, prev, time) : null;
    }
}
