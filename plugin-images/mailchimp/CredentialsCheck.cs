using DotMac.Plugins.Mailchimp.Api;
using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Health;

namespace DotMac.Plugins.Mailchimp;

/// <summary>Pings Mailchimp now and then. A refusal throws, which the host shows as unhealthy.</summary>
internal sealed class CredentialsCheck(MailchimpClient client, IPluginConfig<MailchimpConfig> config) : IPluginCheck
{
    /// <inheritdoc/>
    public string Name => "credentials";

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        await client.PingAsync(config.Current, cancellationToken);
        return CheckResult.Healthy;
    }
}
