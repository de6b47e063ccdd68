using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.Sdk.Testing;
using DotMac.StandIns.Vendors.Server;
using DotMac.StandIns.Vendors.Stripe;

namespace DotMac.Plugins.Stripe.Tests;

/// <summary>Stripe's stand-in for a test.</summary>
public abstract class StripeTestBase : IAsyncLifetime
{
    private VendorServer? _stripe;

    protected StripeStandIn Account { get; } = new(StripeCalls.SecretKey);

    protected VendorServer Stripe => _stripe!;

    protected IReadOnlyList<ReceivedRequest> Posts => [.. Stripe.Requests.Where(static request => request.Method == "POST")];

    public virtual async Task InitializeAsync() => _stripe = await VendorServer.StartAsync(Account);

    public virtual async Task DisposeAsync() => await Stripe.DisposeAsync();

    /// <summary>A plugin whose check has run, so that it takes none of the faults that a test prepares.</summary>
    protected async Task<PluginTestHost> StartQuietAsync()
    {
        PluginTestHost host = await StripeCalls.StartAsync(Stripe);
        await host.WaitForCredentialsAsync(HealthState.Healthy);
        Stripe.Forget();
        return host;
    }
}
