namespace DotMac.Plugins.Slack.Api;

/// <summary>The answer to chat.postMessage and chat.update.</summary>
internal sealed record MessageReply : SlackReply
{
    /// <summary>Where the message is: always an id.</summary>
    public string? Channel { get; init; }

    /// <summary>The message's name within its channel.</summary>
    public string? Ts { get; init; }
}
