using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Health;
using DotMac.Plugins.Stripe.Api;

namespace DotMac.Plugins.Stripe;

/// <summary>Asks Stripe now and then for the balance. A refusal throws, which the host shows as unhealthy.</summary>
internal sealed class CredentialsCheck(StripeClient client, IPluginConfig<StripeConfig> config) : IPluginCheck
{
    /// <inheritdoc/>
    public string Name => "credentials";

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        await client.GetAsync(config.Current, "balance", [], StripeJson.Default.StripeBalance, notFound: null, cancellationToken);
        return CheckResult.Healthy;
    }
}
