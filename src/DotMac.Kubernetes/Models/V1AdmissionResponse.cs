namespace DotMac.Kubernetes.Models;

/// <summary>Whether it may, and what there is to say.</summary>
public sealed class V1AdmissionResponse
{
    /// <summary>The request's.</summary>
    public string? Uid { get; set; }

    /// <summary>Whether it may.</summary>
    public bool Allowed { get; set; }

    /// <summary>Why not.</summary>
    public V1Status? Status { get; set; }

    /// <summary>How <see cref="Patch"/> is to be read: <c>JSONPatch</c>; null without one.</summary>
    public string? PatchType { get; set; }

    /// <summary>What the server is to change of the object first; null for nothing.</summary>
    public byte[]? Patch { get; set; }

    /// <summary>Shown to whoever asked, though it may; at most 120 characters each are sure to be shown.</summary>
    public IList<string>? Warnings { get; set; }
}
