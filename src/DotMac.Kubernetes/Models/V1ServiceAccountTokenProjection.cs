namespace DotMac.Kubernetes.Models;

/// <summary>A short-lived token for one audience.</summary>
public sealed class V1ServiceAccountTokenProjection
{
    /// <summary>Who it is for.</summary>
    public string? Audience { get; set; }

    /// <summary>Seconds until it expires; renewed before.</summary>
    public long? ExpirationSeconds { get; set; }

    /// <summary>The file, relative to the mount.</summary>
    public string? Path { get; set; }
}
