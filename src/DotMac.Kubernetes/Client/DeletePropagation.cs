namespace DotMac.Kubernetes.Client;

/// <summary>What becomes of objects that belong to a deleted one.</summary>
public enum DeletePropagation
{
    /// <summary>They are deleted later, by the garbage collector.</summary>
    Background,

    /// <summary>They are deleted first; the owner stays until they are gone.</summary>
    Foreground,

    /// <summary>They stay.</summary>
    Orphan,
}
