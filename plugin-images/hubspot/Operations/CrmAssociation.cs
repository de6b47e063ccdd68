namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>An association.</summary>
/// <param name="FromId">The one.</param>
/// <param name="ToId">The other.</param>
/// <param name="Category">Who defined its type: <c>HUBSPOT_DEFINED</c>, …</param>
/// <param name="TypeId">Its type.</param>
public sealed record CrmAssociation(string? FromId, string? ToId, string? Category, int? TypeId);
