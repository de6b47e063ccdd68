namespace DotMac.Plugins.Slack.Api;

/// <summary>The answer to files.getUploadURLExternal.</summary>
internal sealed record UploadUrlReply : SlackReply
{
    /// <summary>Where the bytes go: whoever has it can upload, so it is never logged.</summary>
    public string? UploadUrl { get; init; }

    /// <summary>The file's id to be.</summary>
    public string? FileId { get; init; }
}
