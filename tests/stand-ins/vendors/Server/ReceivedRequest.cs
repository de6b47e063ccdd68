using System.Text;
using System.Text.Json;

namespace DotMac.StandIns.Vendors.Server;

/// <summary>A request as it came.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, decoded.</param>
/// <param name="Query">The query with its '?'; empty when there is none.</param>
/// <param name="Headers">The headers by name, in any case; <c>Authorization</c> among them, so never print it.</param>
/// <param name="Body">The body.</param>
public sealed record ReceivedRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The body as text.</summary>
    /// <returns>The text.</returns>
    public string Text() => Encoding.UTF8.GetString(Body);

    /// <summary>The body as JSON.</summary>
    /// <returns>The JSON.</returns>
    public JsonElement Json() => JsonElement.Parse(Body);

    /// <summary>The body as a form; repeated names in order.</summary>
    /// <returns>The fields.</returns>
    public IReadOnlyList<KeyValuePair<string, string>> Form() =>
    [
        .. Text().Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(static pair => pair.Split('=', 2))
            .Select(static pair => KeyValuePair.Create(Decode(pair[0]), pair.Length > 1 ? Decode(pair[1]) : "")),
    ];

    /// <summary>Method and path: never headers or the body.</summary>
    /// <returns>Method and path.</returns>
    public override string ToString() => $"{Method} {Path}{Query}";

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
