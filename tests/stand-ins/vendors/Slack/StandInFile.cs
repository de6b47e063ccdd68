namespace DotMac.StandIns.Vendors.Slack;

/// <summary>A file that is being uploaded, or is there.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Length">How long it is to be.</param>
public sealed record StandInFile(string Id, string Name, int Length)
{
    /// <summary>Its bytes, once they came.</summary>
    public byte[]? Content { get; init; }

    /// <summary>Whether the upload was completed.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Its title.</summary>
    public string? Title { get; init; }

    /// <summary>Where it was shared.</summary>
    public string? Channel { get; init; }

    /// <summary>With which message.</summary>
    public string? Comment { get; init; }

    /// <summary>In which thread.</summary>
    public string? ThreadTs { get; init; }
}
