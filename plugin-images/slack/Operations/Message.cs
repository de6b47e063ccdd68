namespace DotMac.Plugins.Slack.Operations;

/// <summary>A message that is in Slack.</summary>
/// <param name="Channel">Its channel's id.</param>
/// <param name="Ts">Its name within the channel: to change it, or to reply to it.</param>
public sealed record Message(string Channel, string Ts);
