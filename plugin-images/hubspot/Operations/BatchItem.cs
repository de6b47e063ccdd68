namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>An input that was done.</summary>
/// <param name="Index">Which input, from 0; null when HubSpot's answer does not tell.</param>
/// <param name="Created">Of an upsert: whether it was made.</param>
/// <param name="Object">The object as it is now.</param>
public sealed record BatchItem(int? Index, bool? Created, CrmObject Object);
