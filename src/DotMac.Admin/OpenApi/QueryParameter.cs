namespace DotMac.Admin.OpenApi;

/// <summary>A parameter of the query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as JSON schema names it.</param>
/// <param name="Description">What it is for.</param>
internal sealed record QueryParameter(string Name, string Type, string Description) : RequestParameter(Name, Description)
{
    /// <summary>The least number.</summary>
    public int? Least { get; init; }

    /// <summary>The greatest number.</summary>
    public int? Most { get; init; }

    /// <summary>The words that it may be.</summary>
    public IReadOnlyList<string>? Words { get; init; }
}
