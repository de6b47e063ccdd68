namespace DotMac.Plugins.Sdk.Config;

/// <summary>The config of a plugin that has none.</summary>
internal sealed class NoConfig : IConfigBinding
{
    private NoConfig()
    {
    }

    /// <summary>The only one.</summary>
    public static NoConfig Instance { get; } = new();

    /// <inheritdoc/>
    public Type? Type => null;

    /// <inheritdoc/>
    public object? Value
    {
        get => null;
        set => _ = value;
    }
}
