namespace DotMac.Kubernetes.Models;

/// <summary>What the API server answers when there is no object to answer with: its errors above all.</summary>
public sealed class V1Status
{
    /// <summary><c>v1</c>.</summary>
    public string? ApiVersion { get; set; }

    /// <summary><c>Status</c>.</summary>
    public string? Kind { get; set; }

    /// <summary><c>Success</c> or <c>Failure</c>.</summary>
    public string? Status { get; set; }

    /// <summary>For people.</summary>
    public string? Message { get; set; }

    /// <summary>For programs, in CamelCase: <c>NotFound</c>, <c>AlreadyExists</c>, <c>Conflict</c>, <c>Expired</c>, …</summary>
    public string? Reason { get; set; }

    /// <summary>What it is about.</summary>
    public V1StatusDetails? Details { get; set; }

    /// <summary>The HTTP status code.</summary>
    public int? Code { get; set; }
}
