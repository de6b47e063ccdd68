namespace DotMac.Admin.IntegrationTests.Fixture;

/// <summary>A request that was made from the description of the API.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path with its query.</param>
/// <param name="Body">Its body; null for none.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Documented">The statuses that the description says it may be answered with.</param>
internal sealed record GeneratedRequest(string Method, string Path, string? Body, IReadOnlyList<(string Name, string Value)> Headers, IReadOnlySet<string> Documented);
