namespace DotMac.Admin.Secrets;

/// <summary>Secrets that were kept.</summary>
/// <param name="Path">Where, below the mount.</param>
/// <param name="Version">As which version.</param>
internal sealed record StoredSecret(string Path, int Version);
