using System.Text.Json;

namespace DotMac.Plugins.HubSpot.Api;

/// <summary>The answer to a batch.</summary>
/// <param name="Results">What was done, in no promised order.</param>
/// <param name="Errors">What was not (207); read by <see cref="HubSpotError"/>, for no field of an error is sure.</param>
internal sealed record HubSpotBatch(IReadOnlyList<HubSpotObject>? Results, IReadOnlyList<JsonElement>? Errors);
