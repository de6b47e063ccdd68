namespace DotMac.Plugins.HubSpot.Api;

/// <summary>One input of a batch.</summary>
/// <param name="Properties">The properties by internal name.</param>
/// <param name="ObjectWriteTraceId">Its own id within the batch. With one on each input HubSpot does what it can and answers for each; without, one bad input spoils all.</param>
/// <param name="Id">Which object; null when it is to be made.</param>
/// <param name="IdProperty">The property that the id is a value of; null: HubSpot's number.</param>
internal sealed record HubSpotInput(IReadOnlyDictionary<string, string> Properties, string ObjectWriteTraceId, string? Id = null, string? IdProperty = null);
