namespace DotMac.Plugins.Contract.References;

/// <summary>Where a reference's value comes from.</summary>
public enum ReferenceKind
{
    /// <summary><c>${vault:path/key}</c>: a field of a Vault KV v2 secret, path relative to the tenant's prefix.</summary>
    Vault,

    /// <summary><c>${secret:name/key}</c>: a key of a Kubernetes Secret in the tenant's namespace.</summary>
    Secret,

    /// <summary><c>${env:NAME}</c>: an environment variable of the container.</summary>
    Env,
}
