using System.Buffers.Text;
using System.Text.Json;

namespace DotMac.Admin.Listing;

/// <summary>A place in a list that stays right whatever comes and goes: the names of what was listed last.</summary>
/// <param name="Plugin">The entry of the catalog.</param>
/// <param name="Namespace">The installation's namespace; empty for the entry itself.</param>
/// <param name="Name">The installation's name; empty for the entry itself.</param>
internal sealed record ListCursor(string Plugin, string Namespace, string Name) : IComparable<ListCursor>
{
    private const int Longest = 1024;

    /// <summary>As it stands in an address.</summary>
    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes<string[]>([Plugin, Namespace, Name]));

    /// <summary>Reads one.</summary>
    /// <returns>Null when it is none.</returns>
    public static ListCursor? Parse(string text)
    {
        try
        {
            return text.Length <= Longest && JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(text)) is [{ } plugin, { } ns, { } name]
                ? new ListCursor(plugin, ns, name)
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public int CompareTo(ListCursor? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = string.CompareOrdinal(Plugin, other.Plugin);
        order = order != 0 ? order : string.CompareOrdinal(Namespace, other.Namespace);
        return order != 0 ? order : string.CompareOrdinal(Name, other.Name);
    }
}
