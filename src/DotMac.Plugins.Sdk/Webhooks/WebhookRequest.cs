namespace DotMac.Plugins.Sdk.Webhooks;

/// <summary>A vendor's callback as it came.</summary>
/// <param name="PathAndQuery">The path and query of the URL, percent-encoded as it came.</param>
/// <param name="Headers">The headers by name, in any case; several values of one name are joined by commas.</param>
/// <param name="Body">The raw bytes, at most 1 MiB.</param>
public sealed record WebhookRequest(string PathAndQuery, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body);
