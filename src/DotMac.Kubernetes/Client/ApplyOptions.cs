namespace DotMac.Kubernetes.Client;

/// <summary>How to apply on the server's side.</summary>
/// <param name="FieldManager">Who owns the fields that are sent.</param>
/// <param name="Force">Whether fields that another manager owns are taken over; a controller does so.</param>
/// <param name="DryRun">Whether the server only says what would be.</param>
public sealed record ApplyOptions(string FieldManager, bool Force = true, bool DryRun = false);
