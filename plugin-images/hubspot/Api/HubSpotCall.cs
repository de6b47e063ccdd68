namespace DotMac.Plugins.HubSpot.Api;

/// <summary>One request of HubSpot's API.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Path and query, with '/' in front.</param>
/// <param name="Places">Where things stand in the caller's request.</param>
internal sealed record HubSpotCall(HttpMethod Method, string Path, RequestPlaces Places)
{
    /// <summary>The body, JSON; null: none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>What a 404 means to the caller; null when it cannot be the caller's doing.</summary>
    public string? NotFound { get; init; }

    /// <summary>Whether it only reads, so that a POST may be repeated like a GET.</summary>
    public bool OnlyReads { get; init; }
}
