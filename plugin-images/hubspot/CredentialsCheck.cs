using DotMac.Plugins.HubSpot.Api;
using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Health;

namespace DotMac.Plugins.HubSpot;

/// <summary>Asks HubSpot now and then for one contact. A refusal throws, which the host shows as unhealthy.</summary>
internal sealed class CredentialsCheck(HubSpotClient client, IPluginConfig<HubSpotConfig> config) : IPluginCheck
{
    /// <inheritdoc/>
    public string Name => "credentials";

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.ReadOneContactAsync(config.Current, cancellationToken);
            return CheckResult.Healthy;
        }
        catch (VendorException exception) when (exception.VendorCode == HubSpotErrors.MissingScopes)
        {
            // HubSpot knows the token; an app may well be meant for deals alone.
            return CheckResult.Degraded(exception.Message);
        }
    }
}
