namespace DotMac.Plugins.Sdk;

/// <summary>What is known of one call.</summary>
/// <param name="Tenant">The tenant it is made for: always the plugin's own.</param>
/// <param name="Caller">Who calls: the verified token's subject, <c>anonymous</c> in local development, <c>webhook</c> for a vendor's callback.</param>
/// <param name="CorrelationId">The call's name in logs and problem details.</param>
/// <param name="Deadline">When the caller gives up. The call's cancellation token fires then.</param>
public sealed record PluginContext(string Tenant, string Caller, string CorrelationId, DateTimeOffset Deadline)
{
    /// <summary>On whose behalf the caller acts, as the caller says; null when it does not. For logs and audit, never for permission.</summary>
    public string? User { get; init; }

    /// <summary>The caller's name for what is to be done once; null when it gave none.</summary>
    public string? IdempotencyKey { get; init; }
}
