namespace DotMac.Plugins.Contract;

/// <summary>The HTTP headers that have a meaning in the contract.</summary>
public static class ContractHeaders
{
    /// <summary>The tenant the caller means. Must equal the plugin's own tenant on operations, else 403.</summary>
    public const string Tenant = "X-DotMac-Tenant";

    /// <summary>Optional: a name for the call that appears in logs and problem details. At most 128 of <c>A-Z a-z 0-9 . _ -</c>; anything else is replaced by a new one.</summary>
    public const string CorrelationId = "X-Correlation-Id";

    /// <summary>Optional: how long the caller waits, a whole number of milliseconds. The plugin gives up (504) no later than that.</summary>
    public const string TimeoutMilliseconds = "X-DotMac-Timeout-Milliseconds";

    /// <summary>Optional: on whose behalf the caller acts, for logs and audit. At most 256 printable ASCII characters; anything else is ignored.</summary>
    public const string User = "X-DotMac-User";

    /// <summary>
    /// Optional: a name for what is to be done once. A plugin whose vendor knows idempotency keys passes it on, so that a repeated call is not done twice.
    /// At most 255 of <c>A-Z a-z 0-9 . _ -</c>; anything else is refused.
    /// </summary>
    public const string IdempotencyKey = "Idempotency-Key";
}
