using DotMac.Plugins.Slack.Api;

namespace DotMac.Plugins.Slack.Operations;

/// <summary>A channel as callers see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; a direct message has none.</param>
/// <param name="Type">Its kind.</param>
/// <param name="User">The other side of a direct message: the id of a user.</param>
/// <param name="IsArchived">Whether it is closed.</param>
/// <param name="IsMember">Whether the bot is in it.</param>
/// <param name="Members">How many are in it; null when Slack does not say.</param>
/// <param name="Topic">What it is about at the moment.</param>
/// <param name="Purpose">What it is for.</param>
public sealed record Channel(
    string? Id, string? Name, ChannelType Type, string? User, bool IsArchived, bool IsMember, int? Members, string? Topic, string? Purpose)
{
    /// <summary>Takes over what Slack says of a channel.</summary>
    internal static Channel Of(SlackChannel channel) => new(
        channel.Id,
        channel.Name,
        channel.IsIm ? ChannelType.Im : channel.IsMpim ? ChannelType.Mpim : channel.IsPrivate ? ChannelType.PrivateChannel : ChannelType.PublicChannel,
        channel.User,
        channel.IsArchived,
        channel.IsMember,
        channel.NumMembers,
        channel.Topic?.Value is { Length: > 0 } topic ? topic : null,
        channel.Purpose?.Value is { Length: > 0 } purpose ? purpose : null);
}
