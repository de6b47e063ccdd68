using System.Net;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Health;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Tests.Support;
using DotMac.Testing.Logging;
using DotMac.Testing.Time;

namespace DotMac.Operator.Tests.Health;

public sealed class UsageReaderTests : IAsyncDisposable
{
    private const string Discovery = "apis/metrics.k8s.io/v1beta1";
    private static readonly ObjectKey Twilio = new(Given.Namespace, "twilio");

    private readonly FakeClient _client = new();
    private readonly TestLogger<UsageReader> _log = new();
    private readonly UsageReader _reader;

    public UsageReaderTests()
    {
        _reader = new UsageReader(_client, new PluginCaches(_client.Informers).Pods, TimeSpan.FromMinutes(1), _log, new ManualTimeProvider(Given.Now));
        _client.Raw[Discovery] = static () => """{"resources":[{"name":"pods"}]}"""u8.ToArray();
        _client.Fake<V1Pod>().Items.AddRange([Pods.Ready("twilio-1"), Pods.Ready("twilio-2")]);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task Containers_and_pods_add_up()
    {
        _client.Fake<PodMetrics>().Items.AddRange([Uses("twilio-1", "40Mi", "1500u"), Uses("twilio-1b", "1Gi", "2"), Uses("twilio-2", "2Mi", "12m")]);
        await ReadAsync();
        _reader.Get(Twilio).Should().Be(new ResourceUsage(2 * (42L << 20), 2 * 14), "each pod has two containers, and a pod that is not known is nobody's");
        _reader.Get(new ObjectKey("other", "twilio")).Should().BeNull();
        _client.Fake<PodMetrics>().Lists.Should().ContainSingle().Which.LabelSelector.Should().Be("app.kubernetes.io/managed-by=dotmac-operator");
    }

    [Fact]
    public async Task Where_no_metrics_server_runs_nothing_is_asked_and_nothing_said()
    {
        _client.Raw.Remove(Discovery);
        await ReadAsync();
        _reader.Get(Twilio).Should().BeNull();
        _client.Fake<PodMetrics>().Lists.Should().BeEmpty();
        _log.Entries.Should().BeEmpty();
    }

    [Fact]
    public async Task A_metrics_server_that_went_away_takes_its_numbers_along()
    {
        _client.Fake<PodMetrics>().Items.Add(Uses("twilio-1", "40Mi", "1m"));
        await ReadAsync();
        _reader.Get(Twilio).Should().NotBeNull();
        _client.Raw.Remove(Discovery);
        await _reader.ReadAsync(default);
        _reader.Get(Twilio).Should().BeNull();
    }

    [Fact]
    public async Task Who_uses_more_or_less_than_before_is_told_of_and_who_does_not_is_not()
    {
        var told = new List<ObjectKey>();
        _reader.OnChanged(told.Add);
        _client.Fake<PodMetrics>().Items.Add(Uses("twilio-1", "40Mi", "1m"));
        await ReadAsync();
        told.Should().Equal(Twilio);
        _client.Fake<PodMetrics>().Items[0] = Uses("twilio-1", "43Mi", "9m");
        await _reader.ReadAsync(default);
        told.Should().HaveCount(1);
        _client.Fake<PodMetrics>().Items[0] = Uses("twilio-1", "60Mi", "9m");
        await _reader.ReadAsync(default);
        told.Should().Equal(Twilio, Twilio);
    }

    [Fact]
    public async Task A_metrics_server_that_is_broken_is_told_once_and_breaks_nothing()
    {
        _client.Raw[Discovery] = static () => throw FakeResource<PodMetrics>.Refusal(HttpStatusCode.ServiceUnavailable, "the server is currently unable to handle the request");
        using var stop = new CancellationTokenSource();
        await _client.SyncAsync();
        var running = _reader.RunAsync(stop.Token);
        await DotMac.Testing.Eventually.BeTrueAsync(() => _log.Entries.Count == 1, TimeSpan.FromSeconds(30), "it is told");
        await stop.CancelAsync();
        await running;
        _log.Text.Should().Contain("metrics.k8s.io");
    }

    private async Task ReadAsync()
    {
        await _client.SyncAsync();
        await _reader.ReadAsync(default);
    }

    private static PodMetrics Uses(string pod, string memory, string cpu)
    {
        var usage = new Dictionary<string, ResourceQuantity> { ["memory"] = ResourceQuantity.Parse(memory), ["cpu"] = ResourceQuantity.Parse(cpu) };
        return new PodMetrics
        {
            Metadata = new V1ObjectMeta { Namespace = Given.Namespace, Name = pod },
            Containers = [new ContainerMetrics { Name = "plugin", Usage = usage }, new ContainerMetrics { Name = "vault-agent", Usage = usage }],
        };
    }
}
