using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace DotMac.Plugins.Twilio.Api;

/// <summary>
/// Which page of a list: what Twilio's link to the next page says in its query, and nothing of its host and path. Callers see it as an opaque text.
/// </summary>
/// <param name="Page">The page's number.</param>
/// <param name="Token">Twilio's token of the page.</param>
internal sealed record PageCursor(string? Page, string? Token)
{
    private const int MaxLength = 512;

    /// <summary>Takes a link apart.</summary>
    /// <param name="link">Twilio's <c>next_page_uri</c>.</param>
    /// <returns>The page; null when there is none.</returns>
    public static PageCursor? OfLink(string? link) =>
        link?.IndexOf('?', StringComparison.Ordinal) is int query and >= 0 ? OfQuery(link[query..]) : null;

    /// <summary>Reads what <see cref="ToText"/> wrote. It may come from anybody.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cursor">The page.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out PageCursor? cursor)
    {
        cursor = text.Length <= MaxLength && Base64Url.IsValid(text) ? OfQuery(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text))) : null;
        return cursor is not null;
    }

    /// <summary>The page as callers see it.</summary>
    /// <returns>The text.</returns>
    public string ToText() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        QueryHelpers.AddQueryString("", new Dictionary<string, string?> { [nameof(Page)] = Page, ["PageToken"] = Token })));

    private static PageCursor? OfQuery(string query)
    {
        Dictionary<string, StringValues> fields = QueryHelpers.ParseQuery(query);
        var cursor = new PageCursor(Single(fields, nameof(Page)), Single(fields, "PageToken"));
        return cursor is { Page: null, Token: null } || cursor.Page?.All(char.IsAsciiDigit) == false ? null : cursor;
    }

    private static string? Single(Dictionary<string, StringValues> fields, string name) =>
        fields.TryGetValue(name, out StringValues values) && values is [{ Length: > 0 } value] ? value : null;
}
