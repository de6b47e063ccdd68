namespace DotMac.Plugins.Sdk.Webhooks;

/// <summary>Hands events to the tenant's own systems.</summary>
public interface IEventPublisher
{
    /// <summary>
    /// Hands one over and ends when the receiver has taken it; where none is configured, it is logged and that is all. Nothing is kept: let a failure
    /// pass, so that the vendor hears of it and repeats its callback.
    /// </summary>
    /// <param name="happened">What happened.</param>
    /// <param name="context">The call that told of it.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>A task that ends when the receiver has taken it.</returns>
    /// <exception cref="Errors.PluginException">The receiver did not take it.</exception>
    Task PublishAsync(PluginEvent happened, PluginContext context, CancellationToken cancellationToken);
}
