namespace DotMac.Kubernetes.Models;

/// <summary>How the kubelet asks a container how it is.</summary>
public sealed class V1Probe
{
    /// <summary>By an HTTP request.</summary>
    public V1HTTPGetAction? HttpGet { get; set; }

    /// <summary>Runs a command.</summary>
    public V1ExecAction? Exec { get; set; }

    /// <summary>Seconds before the first.</summary>
    public int? InitialDelaySeconds { get; set; }

    /// <summary>Seconds until it counts as failed.</summary>
    public int? TimeoutSeconds { get; set; }

    /// <summary>Seconds between two.</summary>
    public int? PeriodSeconds { get; set; }

    /// <summary>How many in a row make it pass.</summary>
    public int? SuccessThreshold { get; set; }

    /// <summary>How many in a row make it fail.</summary>
    public int? FailureThreshold { get; set; }
}
