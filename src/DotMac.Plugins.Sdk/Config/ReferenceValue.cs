namespace DotMac.Plugins.Sdk.Config;

/// <summary>A reference's value, or why there is none. Does not print the value.</summary>
internal readonly struct ReferenceValue
{
    private ReferenceValue(string? value, string? problem)
    {
        Value = value;
        Problem = problem;
    }

    /// <summary>The value; null when it could not be found.</summary>
    public string? Value { get; }

    /// <summary>Why it could not be found and what to do; null when it was.</summary>
    public string? Problem { get; }

    /// <summary>A value.</summary>
    public static ReferenceValue Found(string value) => new(value, null);

    /// <summary>No value.</summary>
    public static ReferenceValue Missing(string problem) => new(null, problem);

    /// <inheritdoc/>
    public override string ToString() => Problem ?? "(found)";
}
