namespace DotMac.Plugins.Slack.Api;

/// <summary>A text that Slack wraps together with who wrote it.</summary>
/// <param name="Value">The text.</param>
internal sealed record SlackText(string? Value);
