namespace DotMac.Plugins.Contract;

/// <summary>The HTTP paths that every plugin container serves on <see cref="ContractPorts.Http"/>, whatever language it is written in.</summary>
public static class ContractPaths
{
    /// <summary>Liveness: 200 as long as the process can answer at all, also while it is not ready.</summary>
    public const string Healthz = "/healthz";

    /// <summary>Readiness: 200 when initialized, activated, and config and secrets are resolved; else 503 with a problem detail that says why.</summary>
    public const string Readyz = "/readyz";

    /// <summary>State, checks and metrics as JSON (<see cref="Status.PluginStatusReport"/>): what the operator reads.</summary>
    public const string Status = "/status";

    /// <summary>
    /// The same, after the plugin has run its checks anew, for ten seconds at most. Asked again within ten seconds it may answer what it found then. A plugin that
    /// does not know the parameter answers as to <see cref="Status"/>.
    /// </summary>
    public const string FreshStatus = $"{Status}?{FreshParameter}=true";

    /// <summary>The parameter of <see cref="FreshStatus"/>.</summary>
    public const string FreshParameter = "fresh";

    /// <summary>Metrics in the Prometheus text format.</summary>
    public const string Metrics = "/metrics";

    /// <summary>GET lists the operations (<see cref="Operations.OperationList"/>); POST to <c>/v1/operations/{name}</c> performs one.</summary>
    public const string Operations = "/v1/operations";

    /// <summary>POST <c>/v1/webhooks/{name}</c>, also with further segments behind the name: vendor callbacks. GET only where a vendor checks the address by it. The only path that an Ingress exposes.</summary>
    public const string Webhooks = "/v1/webhooks";
}
