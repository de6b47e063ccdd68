namespace DotMac.Plugins.HubSpot.Api;

/// <summary>The body of a batch.</summary>
/// <param name="Inputs">The inputs.</param>
internal sealed record HubSpotBatchBody(IReadOnlyList<HubSpotInput> Inputs);
