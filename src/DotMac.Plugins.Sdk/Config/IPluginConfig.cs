namespace DotMac.Plugins.Sdk.Config;

/// <summary>The plugin's config, typed, its references resolved.</summary>
/// <typeparam name="T">The config's type.</typeparam>
public interface IPluginConfig<out T>
    where T : class
{
    /// <summary>
    /// The config in force. Read it once a call and keep it for that call: it is replaced as a whole when config or secrets change.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not resolved yet (before initialize).</exception>
    T Current { get; }
}
