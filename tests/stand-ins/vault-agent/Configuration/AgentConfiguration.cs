using DotMac.Vault.Client;
using DotMac.Vault.Sessions;

namespace DotMac.StandIns.VaultAgent.Configuration;

/// <summary>What the agent is to do. https://developer.hashicorp.com/vault/docs/agent-and-proxy/agent</summary>
internal sealed record AgentConfiguration
{
    public required VaultClientOptions Vault { get; init; }

    public required KubernetesLoginOptions Login { get; init; }

    public IReadOnlyList<FileSink> Sinks { get; init; } = [];

    public IReadOnlyList<TemplateConfiguration> Templates { get; init; } = [];

    public bool ExitAfterAuth { get; init; }

    public string? PidFile { get; init; }

    /// <summary>How often secrets without a lease are read again: five minutes, as the real agent's.</summary>
    public TimeSpan RenderInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether to end when rendering fails again and again, rather than to try for ever.</summary>
    public bool ExitOnRetryFailure { get; init; }
}
