namespace DotMac.Plugins.Sdk.Config;

/// <summary>Holds the config in force.</summary>
internal sealed class PluginConfig<T> : IPluginConfig<T>, IConfigBinding
    where T : class
{
    private volatile T? _value;

    /// <inheritdoc/>
    public T Current => _value ?? throw new InvalidOperationException("The config is not resolved yet: read it in InitializeAsync or later.");

    /// <inheritdoc/>
    public Type Type => typeof(T);

    /// <inheritdoc/>
    public object? Value
    {
        get => _value;
        set => _value = (T?)value;
    }
}
