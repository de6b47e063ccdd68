using System.Text;
using System.Text.Json;

namespace DotMac.Kubernetes.Serialization;

/// <summary>
/// Gives one string instance to equal UTF-8 values. Ten thousand cached objects repeat the same few namespaces, kinds and label keys;
/// interning them costs a hash of a few bytes and saves most of the strings.
/// </summary>
internal static class StringInterner
{
    private const int LongestInterned = 128;

    // A direct-mapped table: bounded, lock-free, and a collision merely costs the saving, never correctness.
    private static readonly string?[] Table = new string?[16 * 1024];

    public static string? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            throw new JsonException($"expected a string, found {reader.TokenType}");
        }

        return reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > LongestInterned
            ? reader.GetString()
            : Intern(reader.ValueSpan);
    }

    public static string Intern(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return string.Empty;
        }

        Span<char> chars = stackalloc char[LongestInterned];
        if (utf8.Length > LongestInterned)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var text = chars[..Encoding.UTF8.GetChars(utf8, chars)];
        ref var slot = ref Table[string.GetHashCode(text) & (Table.Length - 1)];
        var known = Volatile.Read(ref slot);
        if (known is not null && text.SequenceEqual(known))
        {
            return known;
        }

        var fresh = new string(text);
        Volatile.Write(ref slot, fresh);
        return fresh;
    }
}
