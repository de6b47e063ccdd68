namespace DotMac.Plugins.Slack.Api;

/// <summary>The answer to conversations.list.</summary>
internal sealed record ChannelsReply : SlackReply
{
    /// <summary>One page of them.</summary>
    public IReadOnlyList<SlackChannel>? Channels { get; init; }
}
