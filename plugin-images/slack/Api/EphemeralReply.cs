namespace DotMac.Plugins.Slack.Api;

/// <summary>The answer to chat.postEphemeral.</summary>
internal sealed record EphemeralReply : SlackReply
{
    /// <summary>The message's time.</summary>
    public string? MessageTs { get; init; }
}
