namespace DotMac.Plugins.Mailchimp.Operations;

/// <summary>A page of audiences.</summary>
/// <param name="Audiences">The audiences.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record AudiencePage(IReadOnlyList<Audience> Audiences, long Total);
