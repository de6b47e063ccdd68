namespace DotMac.Operator.Status;

/// <summary>Something worth an event.</summary>
/// <param name="IsWarning">Whether somebody should look at it.</param>
/// <param name="Reason">Why, in CamelCase.</param>
/// <param name="Note">The same, for people.</param>
internal sealed record News(bool IsWarning, string Reason, string Note);
