namespace DotMac.Plugins.Mailchimp.Operations;

/// <summary>A campaign.</summary>
/// <param name="Id">The id.</param>
/// <param name="Status">Where it is: save, paused, schedule, sending, sent.</param>
/// <param name="Type">Its kind.</param>
/// <param name="CreateTime">When it was made.</param>
public sealed record Campaign(string? Id, string? Status, string? Type, DateTimeOffset? CreateTime);
