namespace DotMac.StandIns.VaultAgent.Configuration;

/// <summary>Where the token goes.</summary>
/// <param name="Path">The file.</param>
/// <param name="Mode">Its mode.</param>
internal sealed record FileSink(string Path, UnixFileMode Mode);
