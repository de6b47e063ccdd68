namespace DotMac.Plugins.Slack.Api;

/// <summary>What every answer of Slack's has. A refusal comes with status 200 as well: only <c>ok</c> tells.</summary>
internal record SlackReply
{
    /// <summary>Whether it was done.</summary>
    public bool Ok { get; init; }

    /// <summary>Slack's code of why not.</summary>
    public string? Error { get; init; }

    /// <summary>With <c>missing_scope</c>: the scopes that the token lacks.</summary>
    public string? Needed { get; init; }

    /// <summary>More about it.</summary>
    public SlackMetadata? ResponseMetadata { get; init; }
}
