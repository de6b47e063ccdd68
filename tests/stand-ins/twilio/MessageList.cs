using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace DotMac.StandIns.Twilio;

/// <summary>Pages through messages as ListMessage does: the newest first, and a link to the next page that holds the filters.</summary>
internal static class MessageList
{
    private const string TokenPrefix = "PA";

    /// <summary>A page of the messages that fit.</summary>
    /// <param name="messages">All messages, the oldest first.</param>
    /// <param name="query">The filters and the page.</param>
    /// <param name="path">The path that was asked.</param>
    /// <returns>The answer; null when there is no such page.</returns>
    public static Dictionary<string, object?>? Page(IEnumerable<StandInMessage> messages, IQueryCollection query, string path)
    {
        StandInMessage[] fitting = [.. messages.Reverse().Where(message => Fits(message, query))];
        int size = int.TryParse(query["PageSize"], NumberStyles.None, CultureInfo.InvariantCulture, out int wanted) ? wanted : 50;
        int start = 0;
        if (query["PageToken"].ToString() is { Length: > 0 } token)
        {
            start = Array.FindIndex(fitting, message => TokenPrefix + message.Sid == token) + 1;
            if (start == 0)
            {
                return null;
            }
        }

        StandInMessage[] page = [.. fitting.Skip(start).Take(size)];
        int number = int.TryParse(query["Page"], NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : 0;
        return new Dictionary<string, object?>
        {
            ["messages"] = page.Select(static message => message.ToJson()).ToArray(),
            ["page"] = number,
            ["page_size"] = size,
            ["next_page_uri"] = start + page.Length < fitting.Length ? Link(query, path, number + 1, TokenPrefix + page[^1].Sid) : null,
            ["uri"] = path,
        };
    }

    private static bool Fits(StandInMessage message, IQueryCollection query) =>
        (query["To"].ToString() is "" || query["To"] == message.To)
        && (query["From"].ToString() is "" || query["From"] == message.From)
        && (Date(query["DateSent>"]) is not { } after || message.CreatedAt >= after)
        && (Date(query["DateSent<"]) is not { } before || message.CreatedAt <= before);

    private static DateTimeOffset? Date(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Link(IQueryCollection query, string path, int page, string token) => QueryHelpers.AddQueryString(
        path,
        query.Where(static field => field.Key is not ("Page" or "PageToken"))
            .Select(static field => KeyValuePair.Create(field.Key, (string?)field.Value.ToString()))
            .Append(new("Page", page.ToString(CultureInfo.InvariantCulture)))
            .Append(new("PageToken", token)));
}
