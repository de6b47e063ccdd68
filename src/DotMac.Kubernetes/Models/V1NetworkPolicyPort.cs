namespace DotMac.Kubernetes.Models;

/// <summary>A port of a rule.</summary>
public sealed class V1NetworkPolicyPort
{
    /// <summary><c>TCP</c>, <c>UDP</c> or <c>SCTP</c>.</summary>
    public string? Protocol { get; set; }

    /// <summary>Number or name; any when null.</summary>
    public IntOrString? Port { get; set; }

    /// <summary>End of a range, from 1.25 on.</summary>
    public int? EndPort { get; set; }
}
