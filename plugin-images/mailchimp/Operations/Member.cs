namespace DotMac.Plugins.Mailchimp.Operations;

/// <summary>A member of an audience.</summary>
/// <param name="Id">Mailchimp's name for them: a hash of the address.</param>
/// <param name="EmailAddress">The address.</param>
/// <param name="Status">What they are to the audience.</param>
/// <param name="ListId">The audience's id.</param>
/// <param name="LastChanged">When they were changed.</param>
public sealed record Member(string? Id, string? EmailAddress, string? Status, string? ListId, DateTimeOffset? LastChanged);
