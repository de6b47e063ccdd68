namespace DotMac.Plugins.Slack.Operations;

/// <summary>A kind of channel.</summary>
public enum ChannelType
{
    /// <summary>Everybody in the workspace sees it.</summary>
    PublicChannel,

    /// <summary>Its members see it.</summary>
    PrivateChannel,

    /// <summary>A direct message to several.</summary>
    Mpim,

    /// <summary>A direct message.</summary>
    Im,
}
