using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using Microsoft.Extensions.Logging;

namespace DotMac.Kubernetes.Informers;

/// <summary>Hands out informers so that each kind and scope is watched once, however many need it.</summary>
/// <param name="client">The server.</param>
/// <param name="logger">Told of interruptions.</param>
/// <param name="clock">For waits.</param>
public sealed class SharedInformerFactory(IKubernetesClient client, ILogger<SharedInformerFactory> logger, TimeProvider? clock = null)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(Type Form, EntityType Type, ListOptions Scope), IInformer> _informers = [];

    /// <summary>Every informer handed out so far.</summary>
    public IReadOnlyList<IInformer> Informers
    {
        get
        {
            lock (_gate)
            {
                return [.. _informers.Values];
            }
        }
    }

    /// <summary>The informer of a kind.</summary>
    public SharedInformer<T> Get<T>(InformerOptions<T>? options = null)
        where T : class, IKubernetesEntity => Get(EntityType.Of<T>(), options);

    /// <summary>The informer of a kind, in a form of one's choice. Who asks first decides on the options.</summary>
    public SharedInformer<T> Get<T>(EntityType type, InformerOptions<T>? options = null)
        where T : class, IKubernetesEntity
    {
        options ??= new InformerOptions<T>();
        lock (_gate)
        {
            if (_informers.TryGetValue((typeof(T), type, options.Scope), out var known))
            {
                return (SharedInformer<T>)known;
            }

            var informer = new SharedInformer<T>(client.Resource<T>(type), options, logger, clock);
            _informers.Add((typeof(T), type, options.Scope), informer);
            return informer;
        }
    }
}
