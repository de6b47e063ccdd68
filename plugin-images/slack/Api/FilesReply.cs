namespace DotMac.Plugins.Slack.Api;

/// <summary>The answer to files.completeUploadExternal.</summary>
internal sealed record FilesReply : SlackReply
{
    /// <summary>The files that are there now.</summary>
    public IReadOnlyList<SlackFile>? Files { get; init; }
}
