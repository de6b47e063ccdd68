namespace DotMac.Kubernetes.Configuration;

/// <summary>The program of a kubeconfig that prints credentials.</summary>
/// <param name="Command">The program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables added to its environment.</param>
/// <param name="ApiVersion">The protocol's version.</param>
/// <param name="InstallHint">What to tell somebody who has not got it.</param>
public sealed record ExecConfig(
    string Command,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment,
    string ApiVersion,
    string? InstallHint);
