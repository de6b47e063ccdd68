using System.Text.Json;

namespace DotMac.Kubernetes.Models;

/// <summary>What the API server is about to do and asks leave for.</summary>
public sealed class V1AdmissionRequest
{
    /// <summary>By which the answer is told from others.</summary>
    public string? Uid { get; set; }

    /// <summary>The kind of the object.</summary>
    public V1GroupVersionKind? Kind { get; set; }

    /// <summary>A part of the object alone, <c>status</c>; null for the object itself.</summary>
    public string? SubResource { get; set; }

    /// <summary>The object's name; empty while the server is yet to make one up.</summary>
    public string? Name { get; set; }

    /// <summary>The object's namespace.</summary>
    public string? Namespace { get; set; }

    /// <summary><c>CREATE</c>, <c>UPDATE</c>, <c>DELETE</c> or <c>CONNECT</c>.</summary>
    public string? Operation { get; set; }

    /// <summary>Who asks for it.</summary>
    public V1UserInfo? UserInfo { get; set; }

    /// <summary>The object as it would be; null on deletion.</summary>
    public JsonElement? Object { get; set; }

    /// <summary>The object as it is; null on creation.</summary>
    public JsonElement? OldObject { get; set; }

    /// <summary>Whether nothing is to be kept of it.</summary>
    public bool? DryRun { get; set; }
}
