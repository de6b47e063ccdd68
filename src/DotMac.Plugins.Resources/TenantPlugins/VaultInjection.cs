using System.Text.Json.Serialization;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Plugins.Resources;

/// <summary>Who renders Vault's secrets into the pod.</summary>
[JsonConverter(typeof(TolerantEnumConverter<VaultInjection>))]
public enum VaultInjection
{
    /// <summary>Vault's injector webhook adds the agent.</summary>
    Injector,

    /// <summary>The operator adds the agent itself, for clusters without the injector.</summary>
    Sidecar,

    /// <summary>Nobody: references to Vault are not resolved.</summary>
    None,
}
