namespace DotMac.Kubernetes.Client;

/// <summary>How something is written.</summary>
public sealed record WriteOptions
{
    /// <summary>Whether only to ask: everything is checked, by admission too, and nothing is stored.</summary>
    public bool DryRun { get; init; }

    /// <summary>Under which name the fields are managed; the program's own unless said otherwise.</summary>
    public string? FieldManager { get; init; }
}
