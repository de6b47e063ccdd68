using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Health;
using DotMac.Plugins.SendGrid.Api;

namespace DotMac.Plugins.SendGrid;

/// <summary>Asks SendGrid now and then what the key may do. A refusal throws, which the host shows as unhealthy.</summary>
internal sealed class CredentialsCheck(SendGridClient client, IPluginConfig<SendGridConfig> config) : IPluginCheck
{
    private const string Needed = "mail.send";

    /// <inheritdoc/>
    public string Name => "credentials";

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        SendGridScopes key = await client.GetScopesAsync(config.Current, cancellationToken);
        return key.Scopes?.Contains(Needed) == true
            ? CheckResult.Healthy
            : CheckResult.Unhealthy($"The API key lacks the scope {Needed}. Give it \"Mail Send\" in SendGrid's settings, or set apiKey to another.");
    }
}
