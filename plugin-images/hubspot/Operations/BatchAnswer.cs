namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>What became of each input of a batch.</summary>
/// <param name="Succeeded">What was done, in the order of the inputs.</param>
/// <param name="Failed">What was not, in the order of the inputs.</param>
public sealed record BatchAnswer(IReadOnlyList<BatchItem> Succeeded, IReadOnlyList<BatchFailure> Failed);
