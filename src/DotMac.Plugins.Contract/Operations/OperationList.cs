namespace DotMac.Plugins.Contract.Operations;

/// <summary>What <c>GET /v1/operations</c> answers.</summary>
/// <param name="Operations">The operations, by name.</param>
/// <param name="Webhooks">The vendor callbacks, by name.</param>
public sealed record OperationList(IReadOnlyList<OperationDescriptor>? Operations = null, IReadOnlyList<WebhookDescriptor>? Webhooks = null)
{
    /// <summary>The operations, by name; never null.</summary>
    public IReadOnlyList<OperationDescriptor> Operations { get; init; } = Operations ?? [];

    /// <summary>The vendor callbacks, by name; never null.</summary>
    public IReadOnlyList<WebhookDescriptor> Webhooks { get; init; } = Webhooks ?? [];
}
