namespace DotMac.Plugins.HubSpot.Api;

/// <summary>The body that makes or changes one object.</summary>
/// <param name="Properties">The properties by internal name.</param>
internal sealed record HubSpotWrite(IReadOnlyDictionary<string, string> Properties);
