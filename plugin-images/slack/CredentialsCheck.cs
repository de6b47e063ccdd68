using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Health;
using DotMac.Plugins.Slack.Api;

namespace DotMac.Plugins.Slack;

/// <summary>Asks Slack now and then whose the token is. A refusal throws, which the host shows as unhealthy.</summary>
internal sealed class CredentialsCheck(SlackClient client, IPluginConfig<SlackConfig> config) : IPluginCheck
{
    /// <inheritdoc/>
    public string Name => "credentials";

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        await client.CallAsync(config.Current, SlackMethods.TestAuth, new SlackForm(), SlackJson.Default.SlackReply, cancellationToken);
        return CheckResult.Healthy;
    }
}
