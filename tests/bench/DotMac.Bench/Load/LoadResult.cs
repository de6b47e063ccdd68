namespace DotMac.Bench.Load;

/// <summary>What came of a load.</summary>
/// <param name="Created">Until the last TenantPlugin was created.</param>
/// <param name="Converged">Until all children and statuses were there.</param>
internal readonly record struct LoadResult(TimeSpan Created, TimeSpan Converged);
