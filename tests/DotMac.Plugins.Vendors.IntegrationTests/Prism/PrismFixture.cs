using System.Collections.Concurrent;
using DotMac.Plugins.Vendors.IntegrationTests.Descriptions;

namespace DotMac.Plugins.Vendors.IntegrationTests.Prism;

/// <summary>The Prisms of one test class, each started at its first use and stopped with the class.</summary>
public sealed class PrismFixture : IAsyncLifetime
{
    private readonly ConcurrentDictionary<(string Vendor, DescriptionSource Source), Lazy<Task<PrismServer>>> _servers = new();

    /// <inheritdoc/>
    public Task InitializeAsync() => Prerequisites.DirectoryAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (Lazy<Task<PrismServer>> server in _servers.Values)
        {
            try
            {
                await (await server.Value).DisposeAsync();
            }
            catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
            {
                // It did not start, and the test that wanted it has said so.
            }
        }
    }

    /// <summary>Stands a vendor up that holds every request against its description.</summary>
    /// <param name="vendor">The vendor.</param>
    /// <param name="source">Which of its descriptions.</param>
    /// <returns>The vendor, listening and as yet without requests.</returns>
    internal async Task<RecordingProxy> ServeAsync(DescribedVendor vendor, DescriptionSource source) =>
        await RecordingProxy.StartAsync(await _servers.GetOrAdd((vendor.Name, source), _ => new Lazy<Task<PrismServer>>(() => StartAsync(vendor, source))).Value);

    private static async Task<PrismServer> StartAsync(DescribedVendor vendor, DescriptionSource source) =>
        await PrismServer.StartAsync(await vendor.ReadAsync(source));
}
