namespace DotMac.Kubernetes.Client;

/// <summary>What to list or watch.</summary>
/// <param name="Namespace">One namespace; null for all of them.</param>
/// <param name="LabelSelector">Only objects with these labels, <c>app=x,tier!=y</c>.</param>
/// <param name="FieldSelector">Only objects with these fields, <c>metadata.name=x</c>.</param>
public sealed record ListOptions(string? Namespace = null, string? LabelSelector = null, string? FieldSelector = null)
{
    /// <summary>Everything of the kind.</summary>
    public static ListOptions All { get; } = new();

    /// <summary>Objects a page; null for no limit.</summary>
    public int? Limit { get; init; }

    /// <summary>Where the last page ended.</summary>
    public string? Continue { get; init; }

    /// <summary>Null for the newest state; <c>0</c> for any, which the server answers from its cache.</summary>
    public string? ResourceVersion { get; init; }
}
