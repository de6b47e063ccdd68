using System.Globalization;
using System.Threading.Channels;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Tests.Fakes;

/// <summary>One watch that a <see cref="ScriptedResource"/> was asked for; the test says what comes.</summary>
internal sealed class ScriptedWatch(ListOptions scope, WatchOptions options)
{
    private readonly Channel<WatchEvent<V1ConfigMap>> _events = Channel.CreateUnbounded<WatchEvent<V1ConfigMap>>();

    public ListOptions Scope { get; } = scope;

    public WatchOptions Options { get; } = options;

    public ChannelReader<WatchEvent<V1ConfigMap>> Reader => _events.Reader;

    public ScriptedWatch Send(WatchEventType type, V1ConfigMap map)
    {
        _events.Writer.TryWrite(new WatchEvent<V1ConfigMap>(type, map));
        return this;
    }

    public ScriptedWatch Bookmark(int version) => Send(
        WatchEventType.Bookmark,
        new V1ConfigMap { Metadata = new V1ObjectMeta { ResourceVersion = version.ToString(CultureInfo.InvariantCulture) } });

    public void Close() => _events.Writer.Complete();

    public void Fail(Exception exception) => _events.Writer.Complete(exception);
}
