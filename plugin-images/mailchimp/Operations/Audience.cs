namespace DotMac.Plugins.Mailchimp.Operations;

/// <summary>An audience.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="Members">How many subscribed.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record Audience(string? Id, string? Name, long Members, DateTimeOffset? CreatedAt);
