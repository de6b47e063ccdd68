namespace DotMac.Kubernetes.Models;

/// <summary>Which system calls are allowed.</summary>
public sealed class V1SeccompProfile
{
    /// <summary><c>RuntimeDefault</c>, <c>Localhost</c> or <c>Unconfined</c>.</summary>
    public string? Type { get; set; }
}
