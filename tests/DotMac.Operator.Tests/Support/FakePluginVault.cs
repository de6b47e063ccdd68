using DotMac.Operator.Reconciliation;
using DotMac.Operator.Secrets;

namespace DotMac.Operator.Tests.Support;

/// <summary>A Vault that finds what the test says, and remembers what was wanted of it.</summary>
internal sealed class FakePluginVault : IPluginVault
{
    public SecretsOutcome Outcome { get; set; } = new(Verdict.True("SecretsFound", "all there"), "v1");

    /// <summary>What is in the way of a removal.</summary>
    public string? Trouble { get; set; }

    public List<(PluginAccess Access, bool WatchVersions)> Ensured { get; } = [];

    public List<(string Namespace, string Plugin, string Tenant)> Removed { get; } = [];

    public List<string> Forgotten { get; } = [];

    public Task<SecretsOutcome> EnsureAsync(PluginAccess access, bool watchVersions, CancellationToken cancellationToken)
    {
        Ensured.Add((access, watchVersions));
        return Task.FromResult(Outcome);
    }

    public Task<string?> RemoveAsync(string ns, string plugin, string tenant, CancellationToken cancellationToken)
    {
        Removed.Add((ns, plugin, tenant));
        return Task.FromResult(Trouble);
    }

    public void Forget(string ns, string plugin) => Forgotten.Add($"{ns}/{plugin}");
}
