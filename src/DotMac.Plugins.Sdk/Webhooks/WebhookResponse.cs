namespace DotMac.Plugins.Sdk.Webhooks;

/// <summary>What to answer a vendor.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type of <paramref name="Body"/>; null when there is no body.</param>
/// <param name="Body">The body.</param>
public sealed record WebhookResponse(int Status = 204, string? ContentType = null, ReadOnlyMemory<byte> Body = default);
