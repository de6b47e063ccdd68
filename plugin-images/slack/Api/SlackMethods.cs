namespace DotMac.Plugins.Slack.Api;

/// <summary>The methods that the plugin calls (https://docs.slack.dev/reference/methods).</summary>
internal static class SlackMethods
{
    /// <summary>Tells whose a token is.</summary>
    public static SlackMethod TestAuth { get; } = new("auth.test", HttpMethod.Get, new Dictionary<string, string>());

    /// <summary>Posts a message. Slack knows no idempotency key, so an unclear failure is never repeated.</summary>
    public static SlackMethod PostMessage { get; } = new("chat.postMessage", HttpMethod.Post, new Dictionary<string, string>
    {
        ["channel"] = "/channel",
        ["text"] = "/text",
        ["blocks"] = "/blocks",
        ["thread_ts"] = "/threadTs",
        ["reply_broadcast"] = "/replyBroadcast",
        ["unfurl_links"] = "/unfurlLinks",
        ["unfurl_media"] = "/unfurlMedia",
        ["mrkdwn"] = "/mrkdwn",
        ["username"] = "/username",
        ["icon_emoji"] = "/iconEmoji",
    });

    /// <summary>Changes a message. The same text twice is the same message.</summary>
    public static SlackMethod UpdateMessage { get; } = new("chat.update", HttpMethod.Post, new Dictionary<string, string>
    {
        ["channel"] = "/channel",
        ["ts"] = "/ts",
        ["text"] = "/text",
        ["blocks"] = "/blocks",
    })
    {
        IsIdempotent = true,
    };

    /// <summary>Posts a message that one user sees.</summary>
    public static SlackMethod PostEphemeral { get; } = new("chat.postEphemeral", HttpMethod.Post, new Dictionary<string, string>
    {
        ["channel"] = "/channel",
        ["user"] = "/user",
        ["text"] = "/text",
        ["blocks"] = "/blocks",
        ["thread_ts"] = "/threadTs",
    });

    /// <summary>Lists channels.</summary>
    public static SlackMethod ListChannels { get; } = new("conversations.list", HttpMethod.Get, new Dictionary<string, string>
    {
        ["types"] = "/types",
        ["limit"] = "/limit",
        ["cursor"] = "/cursor",
        ["exclude_archived"] = "/excludeArchived",
    });

    /// <summary>Names the address that a file's bytes go to. One that is not used does nothing.</summary>
    public static SlackMethod GetUploadUrl { get; } = new("files.getUploadURLExternal", HttpMethod.Post, new Dictionary<string, string>
    {
        ["filename"] = "/filename",
        ["length"] = "/content",
        ["alt_txt"] = "/altText",
    })
    {
        IsIdempotent = true,
    };

    /// <summary>Makes a file of uploaded bytes, and shares it.</summary>
    public static SlackMethod CompleteUpload { get; } = new("files.completeUploadExternal", HttpMethod.Post, new Dictionary<string, string>
    {
        ["channel"] = "/channel",
        ["channel_id"] = "/channel",
        ["title"] = "/title",
        ["thread_ts"] = "/threadTs",
        ["initial_comment"] = "/initialComment",
    });
}
