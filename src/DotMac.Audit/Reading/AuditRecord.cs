using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DotMac.Audit.Reading;

/// <summary>One entry as it stands in a trail, with whatever a newer version may have put there.</summary>
public sealed class AuditRecord
{
    private AuditRecord(long seq, DateTimeOffset time, JsonObject members) => (Seq, Time, Members) = (seq, time, members);

    /// <summary>Its number in its trail.</summary>
    public long Seq { get; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>All its members, as docs/audit.md describes them.</summary>
    public JsonObject Members { get; }

    /// <summary>The namespace of what it was done to; null for what is in none.</summary>
    public string? Namespace => Text("subject", "namespace");

    /// <summary>A member's text; null when it is not there, or no text.</summary>
    public string? Text(string name, string? inner = null)
    {
        var node = Members[name];
        node = inner is null ? node : node is JsonObject map ? map[inner] : null;
        return node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
    }

    /// <summary>Reads a line that may be anything. Whether its hash is right is for the verification to say.</summary>
    /// <returns>Null when it is no line of a trail.</returns>
    public static AuditRecord? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject members
                && members["stream"]?.GetValueKind() == JsonValueKind.String && members["stream"]!.GetValue<string>() == "audit"
                && members["seq"]?.GetValueKind() == JsonValueKind.Number && members["seq"]!.AsValue().TryGetValue<long>(out var seq)
                && members["time"]?.GetValueKind() == JsonValueKind.String && members["time"]!.AsValue().TryGetValue<DateTimeOffset>(out var time)
                ? new AuditRecord(seq, time, members)
                : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or DecoderFallbackException)
        {
            // A member that is there twice, or half a character, among others.
            return null;
        }
    }
}
