using DotMac.Plugins.Sdk.Health;

namespace Pager;

/// <summary>Asks now and then whether the vendor knows the key. A refusal throws, which shows as Unhealthy with the vendor's reason.</summary>
internal sealed class CredentialsCheck(PagerPlugin plugin) : IPluginCheck
{
    /// <inheritdoc/>
    public string Name => "credentials";

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        await plugin.AskAsync(new HttpRequestMessage(HttpMethod.Get, "/account"), cancellationToken);
        return CheckResult.Healthy;
    }
}
