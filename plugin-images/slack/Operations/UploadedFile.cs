namespace DotMac.Plugins.Slack.Operations;

/// <summary>A file that is in Slack. Slack goes on working on it: a preview, or the message that shares it, may come a moment later.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
public sealed record UploadedFile(string Id, string? Title);
