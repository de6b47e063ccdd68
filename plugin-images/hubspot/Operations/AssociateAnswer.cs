namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>What is together now.</summary>
/// <param name="Associations">One for each direction.</param>
public sealed record AssociateAnswer(IReadOnlyList<CrmAssociation> Associations);
