namespace DotMac.Plugins.Sdk;

/// <summary>
/// A plugin. Operations are public methods with a <see cref="Operations.PluginOperationAttribute"/>, or are added in <see cref="Configure"/>.
/// </summary>
/// <remarks>
/// The host calls, never two at a time: Configure once, then <see cref="InitializeAsync"/> and <see cref="ActivateAsync"/> as soon as config and
/// secrets are resolved, <see cref="ReloadAsync"/> when they change, and at the end <see cref="DeactivateAsync"/> and
/// <see cref="CleanupAsync"/>. Operations run only between activate and deactivate, many at a time.
/// </remarks>
public abstract class BasePlugin
{
    /// <summary>What the plugin says of itself.</summary>
    public abstract PluginInfo Info { get; }

    /// <summary>Declares what the plugin needs and offers: config, operations, webhooks, checks. Does no I/O; there is no config yet.</summary>
    /// <param name="builder">Takes the declarations.</param>
    public abstract void Configure(PluginBuilder builder);

    /// <summary>
    /// Prepares the plugin; its config is there. Should not need the vendor: a plugin whose vendor is down is ready all the same, and a
    /// check tells. When it or <see cref="ActivateAsync"/> throws, both are tried again later, so it must bear being called again.
    /// </summary>
    /// <param name="cancellationToken">Fires when the process stops.</param>
    /// <returns>A task that ends when the plugin is prepared.</returns>
    public virtual Task InitializeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Starts work. Operations are let in when it has ended.</summary>
    /// <param name="cancellationToken">Fires when the process stops.</param>
    /// <returns>A task that ends when the plugin works.</returns>
    public virtual Task ActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Takes a changed config over, which is already the current one and valid. Throwing refuses it: the previous config becomes the
    /// current one again, the plugin must go on with that, and the status says so.
    /// </summary>
    /// <param name="cancellationToken">Fires when the process stops.</param>
    /// <returns>A task that ends when the plugin works with the new config.</returns>
    public virtual Task ReloadAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends work. No operation runs any more, unless it overstayed the drain time.</summary>
    /// <param name="cancellationToken">Fires when there is no time left.</param>
    /// <returns>A task that ends when the plugin has stopped working.</returns>
    public virtual Task DeactivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Gives back what <see cref="InitializeAsync"/> took.</summary>
    /// <param name="cancellationToken">Fires when there is no time left.</param>
    /// <returns>A task that ends when all is given back.</returns>
    public virtual Task CleanupAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
