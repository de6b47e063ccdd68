using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Health;
using DotMac.Plugins.Sdk.Http;
using DotMac.Plugins.Sdk.Operations;
using DotMac.Plugins.Sdk.Webhooks;
using Microsoft.Extensions.Logging;

namespace DotMac.Plugins.Sdk;

/// <summary>Takes a plugin's declarations in <see cref="BasePlugin.Configure"/>. Contradictions are programming errors and throw at once.</summary>
public sealed class PluginBuilder
{
    private readonly OperationCatalog _operations = new();
    private readonly Dictionary<string, Webhook> _webhooks = new(StringComparer.Ordinal);
    private readonly List<IPluginCheck> _checks = [];
    private readonly List<HttpClient> _clients = [];
    private IConfigBinding _config = NoConfig.Instance;

    internal PluginBuilder(ILoggerFactory loggerFactory, TimeProvider timeProvider)
    {
        LoggerFactory = loggerFactory;
        TimeProvider = timeProvider;
    }

    /// <summary>Makes loggers. Values of vault and secret references are replaced in what they write, but do not rely on it.</summary>
    public ILoggerFactory LoggerFactory { get; }

    /// <summary>The clock to use.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Declares the type of the config. Without it the plugin has none and <c>plugin.json</c> is not read.</summary>
    /// <typeparam name="T">
    /// A class or record that JSON can be read into; names in camelCase. <c>required</c> members and DataAnnotations are checked.
    /// </typeparam>
    /// <returns>Where the config will be found.</returns>
    /// <exception cref="InvalidOperationException">A type was declared before.</exception>
    public IPluginConfig<T> UseConfig<T>()
        where T : class
    {
        if (_config != NoConfig.Instance)
        {
            throw new InvalidOperationException("A plugin has one config type, and UseConfig was called twice.");
        }

        var config = new PluginConfig<T>();
        _config = config;
        return config;
    }

    /// <summary>Adds an operation without an attribute.</summary>
    /// <typeparam name="TRequest">The request, read and checked like the config.</typeparam>
    /// <typeparam name="TResponse">The answer.</typeparam>
    /// <param name="name">Its name: <c>[a-z][a-z0-9_]*</c>, at most 63 characters.</param>
    /// <param name="description">What it does, for people.</param>
    /// <param name="handler">Does it. Must observe the token, which fires at the call's deadline.</param>
    /// <exception cref="ArgumentException">The name is malformed or taken.</exception>
    public void AddOperation<TRequest, TResponse>(
        string name, string description, Func<TRequest, PluginContext, CancellationToken, Task<TResponse>> handler)
        where TRequest : class
    {
        ArgumentNullException.ThrowIfNull(handler);
        _operations.Add(new Operation(
            name,
            description,
            typeof(TRequest),
            typeof(TResponse),
            async (request, context, cancellationToken) => await handler((TRequest)request!, context, cancellationToken)));
    }

    /// <summary>Declares a vendor callback.</summary>
    /// <param name="webhook">The callback.</param>
    /// <exception cref="ArgumentException">The name is malformed or taken.</exception>
    public void AddWebhook(Webhook webhook)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        OperationCatalog.RequireName(webhook.Name);
        if (!_webhooks.TryAdd(webhook.Name, webhook))
        {
            throw new ArgumentException($"The webhook {webhook.Name} is declared twice.", nameof(webhook));
        }
    }

    /// <summary>Adds a check that is run in the background while the plugin is active.</summary>
    /// <param name="check">The check.</param>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public void AddCheck(IPluginCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (check.Name == CheckNames.Config || check.Name == CheckNames.Lifecycle || _checks.Any(other => other.Name == check.Name))
        {
            throw new ArgumentException($"The check {check.Name} is declared twice, or its name belongs to the host.", nameof(check));
        }

        _checks.Add(check);
    }

    /// <summary>Makes a client for the vendor, with time limit, retries and circuit breaker. The host disposes of it at the end.</summary>
    /// <param name="options">What is special about it.</param>
    /// <returns>The client.</returns>
    public HttpClient CreateHttpClient(PluginHttpClientOptions options)
    {
        HttpClient client = PluginHttpClient.Create(options, TimeProvider);
        _clients.Add(client);
        return client;
    }

    internal PluginDeclaration Build(BasePlugin plugin)
    {
        foreach (Operation operation in AttributedOperations.Of(plugin))
        {
            _operations.Add(operation);
        }

        return new PluginDeclaration(plugin, _config, _operations, _webhooks, _checks, _clients);
    }
}
