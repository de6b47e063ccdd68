namespace DotMac.Testing.Cluster;

/// <summary>Between the choice of a free port and its use, somebody else took it.</summary>
internal sealed class PortTakenException() : Exception("the port was taken by somebody else");
