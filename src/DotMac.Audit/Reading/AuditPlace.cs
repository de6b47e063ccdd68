using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace DotMac.Audit.Reading;

/// <summary>A place in several trails: for each of them, the number before which it goes on.</summary>
/// <param name="Before">One number a trail, in the order of the trails.</param>
public sealed record AuditPlace(IReadOnlyList<long> Before)
{
    private const int Longest = 2048;

    /// <summary>As it stands in an address.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Join(',', Before.Select(static n => n.ToString(CultureInfo.InvariantCulture)))));

    /// <summary>Reads one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="trails">How many trails there are.</param>
    /// <returns>Null when it is none of so many trails.</returns>
    public static AuditPlace? Parse(string text, int trails)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > Longest || !Base64Url.IsValid(text))
        {
            return null;
        }

        var numbers = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split(',')
            .Select(static n => long.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
            .ToList();
        return numbers.Count == trails && numbers.TrueForAll(static n => n >= 0) ? new AuditPlace(numbers) : null;
    }
}
