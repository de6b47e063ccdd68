namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>What was made or changed.</summary>
/// <param name="Created">Whether it was made; null when HubSpot does not say.</param>
/// <param name="Object">The object as it is now.</param>
public sealed record UpsertAnswer(bool? Created, CrmObject Object);
