using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Health;
using DotMac.Plugins.Sdk.Http;
using DotMac.Plugins.Sdk.Operations;
using DotMac.Plugins.Sdk.Webhooks;

namespace DotMac.Plugins.Sdk;

/// <summary>Everything a plugin declared.</summary>
internal sealed record PluginDeclaration(
    BasePlugin Plugin,
    IConfigBinding Config,
    OperationCatalog Operations,
    IReadOnlyDictionary<string, Webhook> Webhooks,
    IReadOnlyList<IPluginCheck> Checks,
    IReadOnlyList<HttpClient> Clients,
    IReadOnlyList<Upstream> Upstreams);
