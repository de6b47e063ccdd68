namespace DotMac.Plugins.Sdk.Json;

/// <summary>Reads the path of a <see cref="System.Text.Json.JsonException"/>: <c>$.a[0]['odd.name']</c>.</summary>
internal static class JsonExceptionPath
{
    /// <summary>The names and indexes on the way.</summary>
    public static IReadOnlyList<string> Tokens(string? path)
    {
        var tokens = new List<string>();
        string rest = path is ['$', ..] ? path[1..] : "";
        while (rest.Length > 0)
        {
            (int start, int end, int skip) = rest[0] == '.' ? (1, IndexOrEnd(rest.IndexOfAny(['.', '['], 1), rest), 0)
                : rest.StartsWith("['", StringComparison.Ordinal) ? (2, IndexOrEnd(rest.IndexOf("']", StringComparison.Ordinal), rest), 2)
                : (1, IndexOrEnd(rest.IndexOf(']', StringComparison.Ordinal), rest), 1);
            tokens.Add(rest[Math.Min(start, end)..end]);
            rest = rest[Math.Min(end + skip, rest.Length)..];
        }

        return tokens;
    }

    private static int IndexOrEnd(int index, string text) => index < 0 ? text.Length : index;
}
