using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Informers;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Diagnostics;
using DotMac.Plugins.Resources;
using NSubstitute;

namespace DotMac.Operator.Tests.Diagnostics;

public sealed class WatchMetricsTests
{
    [Fact]
    public async Task Of_two_watches_of_a_kind_the_one_that_heard_nothing_for_longer_counts()
    {
        var page = await Exposition.OfAsync(new WatchMetrics(
            static () => true, static () => [Informer<V1Pod>(2000), Informer<V1Pod>(1000.5), Informer<TenantPlugin>(3000)]));
        Exposition.Value(page, "dotmac_watch_last_contact_timestamp_seconds{kind=\"Pod.v1\"}").Should().Be(1000.5);
        Exposition.Value(page, "dotmac_watch_last_contact_timestamp_seconds{kind=\"TenantPlugin.v1alpha1.plugins.dotmac.io\"}").Should().Be(3000);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task It_is_told_whether_the_caches_are_filled(bool ready, double expected) =>
        Exposition.Value(await Exposition.OfAsync(new WatchMetrics(() => ready, static () => [])), "dotmac_operator_ready").Should().Be(expected);

    private static IInformer Informer<T>(double contact)
    {
        var informer = Substitute.For<IInformer>();
        informer.Type.Returns(EntityType.Of<T>());
        informer.LastContact.Returns(DateTimeOffset.UnixEpoch.AddSeconds(contact));
        return informer;
    }
}
