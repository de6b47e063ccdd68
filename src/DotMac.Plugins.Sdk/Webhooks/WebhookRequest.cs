using System.Text;

namespace DotMac.Plugins.Sdk.Webhooks;

/// <summary>A vendor's callback as it came.</summary>
/// <param name="PathAndQuery">The path and query of the URL, percent-encoded as it came.</param>
/// <param name="Headers">The headers by name, in any case; several values of one name are joined by commas.</param>
/// <param name="Body">The raw bytes, at most 1 MiB.</param>
public sealed record WebhookRequest(string PathAndQuery, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>GET or POST.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>What stands in the path behind the webhook's name, decoded and without the '/'; empty when nothing does.</summary>
    public string Rest { get; init; } = "";

    /// <summary>A header's value; empty when there is none.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <returns>The value.</returns>
    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    /// <summary>A placeholder: path and headers hold secrets of some vendors.</summary>
    /// <returns>The method and the length of the body.</returns>
    public override string ToString() => $"{Method}, {Body.Length} bytes";

    /// <summary>The body as UTF-8 text.</summary>
    /// <returns>The text.</returns>
    public string Text() => Encoding.UTF8.GetString(Body.Span);
}
