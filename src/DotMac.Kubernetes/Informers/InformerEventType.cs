namespace DotMac.Kubernetes.Informers;

/// <summary>How the known state of an object changed.</summary>
public enum InformerEventType
{
    /// <summary>It was not known before.</summary>
    Added,

    /// <summary>It is another version than before.</summary>
    Updated,

    /// <summary>It is no more.</summary>
    Deleted,
}
