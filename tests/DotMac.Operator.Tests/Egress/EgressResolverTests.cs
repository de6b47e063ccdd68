using System.Net;
using DotMac.Kubernetes.Entities;
using DotMac.Operator.Egress;
using DotMac.Operator.Tests.Support;
using DotMac.Testing.Logging;
using DotMac.Testing.Time;

namespace DotMac.Operator.Tests.Egress;

public sealed class EgressResolverTests
{
    private static readonly ObjectKey Plugin = new("tenant-acme", "twilio");
    private static readonly ObjectKey Other = new("tenant-globex", "stripe");

    private readonly Names _names = new();
    private readonly List<ObjectKey> _told = [];
    private readonly EgressResolver _resolver;

    public EgressResolverTests()
    {
        _resolver = new EgressResolver(_names, new TestLogger<EgressResolver>(), new ManualTimeProvider(Given.Now));
        _resolver.OnChanged(_told.Add);
    }

    [Fact]
    public async Task A_name_is_looked_up_when_it_is_first_wanted_and_not_for_every_plugin_anew()
    {
        _names["api.twilio.com"] = "54.0.0.1";
        (await _resolver.OfAsync(Plugin, ["api.twilio.com", "no.such.name"], default)).Should().ContainSingle().Which.Value.Should().Equal("54.0.0.1/32");
        (await _resolver.OfAsync(Other, ["api.twilio.com", "no.such.name"], default)).Should().ContainSingle();
        _names.Asked.Should().Be(2);
        _told.Should().BeEmpty("who asks knows");
    }

    [Fact]
    public async Task Who_wants_a_name_that_moved_is_told_and_nobody_else()
    {
        (_names["api.twilio.com"], _names["api.stripe.com"]) = ("54.0.0.1", "55.0.0.1");
        await _resolver.OfAsync(Plugin, ["api.twilio.com"], default);
        await _resolver.OfAsync(Other, ["api.stripe.com"], default);
        await _resolver.RefreshAsync(default);
        _told.Should().BeEmpty();

        _names["api.twilio.com"] = "54.0.0.2";
        await _resolver.RefreshAsync(default);
        _told.Should().Equal(Plugin);
        (await _resolver.OfAsync(Plugin, ["api.twilio.com"], default))["api.twilio.com"].Should().Equal("54.0.0.1/32", "54.0.0.2/32");
    }

    [Fact]
    public async Task Who_asked_at_the_same_time_and_went_with_less_is_told()
    {
        var names = new Slow();
        var resolver = new EgressResolver(names, new TestLogger<EgressResolver>(), new ManualTimeProvider(Given.Now));
        resolver.OnChanged(_told.Add);
        var first = resolver.OfAsync(Plugin, ["api.twilio.com"], default).AsTask();
        var second = resolver.OfAsync(Other, ["api.twilio.com"], default).AsTask();
        names.Answer(0, "54.0.0.1");
        (await first)["api.twilio.com"].Should().Equal("54.0.0.1/32");
        _told.Should().BeEmpty("nothing was known before");
        names.Answer(1, "54.0.0.2");
        (await second)["api.twilio.com"].Should().Equal("54.0.0.1/32", "54.0.0.2/32");
        _told.Should().Equal(Plugin);
    }

    [Fact]
    public async Task What_nobody_wants_any_more_is_not_looked_up_any_more()
    {
        _names["api.twilio.com"] = "54.0.0.1";
        await _resolver.OfAsync(Plugin, ["api.twilio.com"], default);
        _resolver.Forget(Plugin);
        await _resolver.RefreshAsync(default);
        _names.Asked.Should().Be(1);
        await _resolver.OfAsync(Plugin, ["api.twilio.com"], default);
        _names.Asked.Should().Be(2, "it was forgotten");
    }

    [Fact]
    public void Names_outside_the_cluster_alone_are_looked_up() =>
        EgressHosts.Of(Given.Evaluation(Given.Plugin(
            """{"plugin":"twilio","sandbox":{"egress":[{"host":"api.twilio.com"},{"host":"api.twilio.com","protocol":"UDP"},{"host":"*.twilio.com"},{"host":"10.0.0.0/8"},{"host":"redis"},{"host":"a.b.svc"}]}}"""))
            .Effective.Egress).Should().Equal("api.twilio.com");

    private sealed class Names : Dictionary<string, string>, IHostResolver
    {
        public int Asked { get; private set; }

        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
        {
            lock (this)
            {
                Asked++;
            }

            return Task.FromResult<IReadOnlyList<IPAddress>>(TryGetValue(host, out var address) ? [IPAddress.Parse(address)] : []);
        }
    }

    private sealed class Slow : IHostResolver
    {
        private readonly TaskCompletionSource<IReadOnlyList<IPAddress>>[] _answers = [new(), new()];
        private int _count;

        public void Answer(int which, string address) => _answers[which].TrySetResult([IPAddress.Parse(address)]);

        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
            _answers[Interlocked.Increment(ref _count) - 1].Task;
    }
}
