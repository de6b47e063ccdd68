namespace DotMac.Plugins.Slack.Api;

/// <summary>What Slack says besides the answer.</summary>
/// <param name="NextCursor">What to ask the next page with; empty when there is none.</param>
/// <param name="Messages">What is wrong, for people.</param>
internal sealed record SlackMetadata(string? NextCursor, IReadOnlyList<string>? Messages);
