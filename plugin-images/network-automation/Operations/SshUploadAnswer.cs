namespace DotMac.Plugins.NetworkAutomation.Operations;

/// <summary>What became of an upload.</summary>
/// <param name="Results">One for each device.</param>
public sealed record SshUploadAnswer(IReadOnlyList<SshUploadResult> Results);
