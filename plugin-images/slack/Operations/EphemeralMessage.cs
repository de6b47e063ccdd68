namespace DotMac.Plugins.Slack.Operations;

/// <summary>A message that was shown to one user. It cannot be changed.</summary>
/// <param name="MessageTs">Its time.</param>
public sealed record EphemeralMessage(string MessageTs);
