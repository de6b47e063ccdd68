namespace DotMac.Plugins.Contract;

/// <summary>The TCP ports of a plugin container.</summary>
public static class ContractPorts
{
    /// <summary>The one port of the contract, plain HTTP inside the cluster.</summary>
    public const int Http = 8080;
}
