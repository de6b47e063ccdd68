using System.Globalization;

namespace DotMac.Plugins.Contract.References;

/// <summary>JSON pointers (RFC 6901) as strings.</summary>
public static class JsonPointer
{
    /// <summary>The pointer to the whole document.</summary>
    public const string Root = "";

    /// <summary>Escapes a member's name: <c>~</c> becomes <c>~0</c>, <c>/</c> becomes <c>~1</c> (RFC 6901, section 3).</summary>
    /// <param name="token">The name.</param>
    /// <returns>The reference token.</returns>
    public static string Escape(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }

    /// <summary>The pointer to a member of the object that <paramref name="pointer"/> points to.</summary>
    /// <param name="pointer">The object's pointer.</param>
    /// <param name="name">The member's name, not escaped.</param>
    /// <returns>The member's pointer.</returns>
    public static string Append(string pointer, string name) => $"{pointer}/{Escape(name)}";

    /// <summary>The pointer to an item of the array that <paramref name="pointer"/> points to.</summary>
    /// <param name="pointer">The array's pointer.</param>
    /// <param name="index">The item's index, from 0.</param>
    /// <returns>The item's pointer.</returns>
    public static string Append(string pointer, int index) => string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");
}
