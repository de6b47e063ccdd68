namespace DotMac.Plugins.Slack.Api;

/// <summary>The fields of a conversation that the plugin reads.</summary>
internal sealed record SlackChannel
{
    /// <summary>Its id.</summary>
    public string? Id { get; init; }

    /// <summary>Its name; direct messages have none.</summary>
    public string? Name { get; init; }

    /// <summary>The other side of a direct message.</summary>
    public string? User { get; init; }

    /// <summary>Whether it is a direct message.</summary>
    public bool IsIm { get; init; }

    /// <summary>Whether it is a direct message to several.</summary>
    public bool IsMpim { get; init; }

    /// <summary>Whether only its members see it.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Whether it is closed.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Whether the bot is in it.</summary>
    public bool IsMember { get; init; }

    /// <summary>How many are in it.</summary>
    public int? NumMembers { get; init; }

    /// <summary>What it is about at the moment.</summary>
    public SlackText? Topic { get; init; }

    /// <summary>What it is for.</summary>
    public SlackText? Purpose { get; init; }
}
