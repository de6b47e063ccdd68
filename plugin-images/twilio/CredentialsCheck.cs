using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Health;
using DotMac.Plugins.Twilio.Api;

namespace DotMac.Plugins.Twilio;

/// <summary>Asks Twilio now and then whether it still knows the account. A refusal throws, which the host shows as unhealthy.</summary>
internal sealed class CredentialsCheck(TwilioClient client, IPluginConfig<TwilioConfig> config) : IPluginCheck
{
    /// <inheritdoc/>
    public string Name => "credentials";

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        TwilioAccount account = await client.FetchAccountAsync(config.Current, cancellationToken);

        // account_enum_status: active, suspended, closed.
        return account.Status == "active" ? CheckResult.Healthy
            : CheckResult.Unhealthy($"Twilio says that the account is {account.Status ?? "in no known state"}; see the Twilio console.");
    }
}
