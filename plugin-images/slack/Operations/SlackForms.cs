namespace DotMac.Plugins.Slack.Operations;

/// <summary>The forms of Slack's identifiers.</summary>
internal static class SlackForms
{
    /// <summary>A message's name within its channel: seconds since 1970, and six digits.</summary>
    public const string Ts = @"[0-9]{1,12}\.[0-9]{6}";

    /// <summary>A channel's id: C, G (private, older) or D (direct message).</summary>
    public const string ChannelId = "[CGD][A-Z0-9]{2,20}";

    /// <summary>A channel by id or name, or a user by id, whose direct message is then meant.</summary>
    public const string Receiver = @"#?[^\s#@<>,]{1,80}";

    /// <summary>A user's id.</summary>
    public const string UserId = "[UW][A-Z0-9]{2,20}";
}
