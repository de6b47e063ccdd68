namespace DotMac.Plugins.Slack.Operations;

/// <summary>One page of channels.</summary>
/// <param name="Channels">The channels.</param>
/// <param name="NextCursor">What to ask the next page with; null when this is the last.</param>
public sealed record ChannelList(IReadOnlyList<Channel> Channels, string? NextCursor);
