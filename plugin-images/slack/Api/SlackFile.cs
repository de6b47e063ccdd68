namespace DotMac.Plugins.Slack.Api;

/// <summary>A file by id and title: in the request to files.completeUploadExternal and in its answer.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
internal sealed record SlackFile(string? Id, string? Title);
