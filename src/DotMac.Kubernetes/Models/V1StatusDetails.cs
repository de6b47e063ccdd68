namespace DotMac.Kubernetes.Models;

/// <summary>What an error is about.</summary>
public sealed class V1StatusDetails
{
    /// <summary>The object.</summary>
    public string? Name { get; set; }

    /// <summary>Its group.</summary>
    public string? Group { get; set; }

    /// <summary>Its resource.</summary>
    public string? Kind { get; set; }

    /// <summary>Its uid.</summary>
    public string? Uid { get; set; }

    /// <summary>Each thing that is wrong.</summary>
    public IList<V1StatusCause>? Causes { get; set; }

    /// <summary>Seconds to wait before trying again.</summary>
    public int? RetryAfterSeconds { get; set; }
}
