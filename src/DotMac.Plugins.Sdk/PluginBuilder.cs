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
    private readonly List<Upstream> _upstreams = [];
    private readonly string _plugin;
    private IConfigBinding _config = NoConfig.Instance;

    internal PluginBuilder(string plugin, Uri? publicUrl, ILoggerFactory loggerFactory, TimeProvider timeProvider)
    {
        _plugin = plugin;
        PublicUrl = publicUrl;
        LoggerFactory = loggerFactory;
        TimeProvider = timeProvider;
    }

    /// <summary>Makes loggers. Values of vault and secret references are replaced in what they write, but do not rely on it.</summary>
    public ILoggerFactory LoggerFactory { get; }

    /// <summary>The clock to use.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>
    /// Where vendors reach the webhooks from outside, ending in '/', such as <c>https://hooks.acme.example/v1/webhooks/</c>: the webhook's name comes behind it.
    /// Null while the TenantPlugin has no <c>spec.ingress</c>.
    /// </summary>
    public Uri? PublicUrl { get; }

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

    /// <summary>
    /// Makes a client for the vendor, with limit of concurrency, time limit, retries and circuit breaker. Status and metrics tell how the vendor answers. The
    /// host disposes of the client at the end.
    /// </summary>
    /// <param name="options">What is special about it.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">There is a client of that name, or the name is malformed.</exception>
    public HttpClient CreateHttpClient(PluginHttpClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var upstream = new Upstream(options);
        OperationCatalog.RequireName(upstream.Name);
        if (_upstreams.Any(other => other.Name == upstream.Name))
        {
            throw new ArgumentException($"There are two clients of the name {upstream.Name}; set Name of one.", nameof(options));
        }

        _upstreams.Add(upstream);
        HttpClient client = PluginHttpClient.Create(options, upstream, TimeProvider);
        _clients.Add(client);
        return client;
    }

    /// <summary>Makes a publisher that hands events to the tenant's own systems. Once a plugin.</summary>
    /// <param name="receiver">Where they go, asked at each event; null: nowhere.</param>
    /// <returns>The publisher.</returns>
    public IEventPublisher PublishEvents(Func<EventReceiver?> receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        HttpClient client = CreateHttpClient(new PluginHttpClientOptions { Vendor = "The receiver of events", Name = EventPublisher.Upstream, TryTimeout = TimeSpan.FromSeconds(5) });
        return new EventPublisher(client, receiver, _plugin, TimeProvider, LoggerFactory.CreateLogger<EventPublisher>());
    }

    internal PluginDeclaration Build(BasePlugin plugin)
    {
        foreach (Operation operation in AttributedOperations.Of(plugin))
        {
            _operations.Add(operation);
        }

        return new PluginDeclaration(plugin, _config, _operations, _webhooks, _checks, _clients, _upstreams);
    }
}
