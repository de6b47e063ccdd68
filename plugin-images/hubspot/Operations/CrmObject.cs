using DotMac.Plugins.HubSpot.Api;
using DotMac.Plugins.Sdk.Errors;

namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>An object as callers see it.</summary>
/// <param name="Id">HubSpot's number.</param>
/// <param name="Properties">Its properties by internal name, those that were asked for and HubSpot's usual ones; null: empty.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
/// <param name="Archived">Whether it is in the bin.</param>
/// <param name="Url">Where people find it.</param>
public sealed record CrmObject(string Id, IReadOnlyDictionary<string, string?> Properties, DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt, bool Archived, string? Url)
{
    /// <summary>Takes over what HubSpot says of an object.</summary>
    /// <exception cref="VendorException">It has no id.</exception>
    internal static CrmObject Of(HubSpotObject from) => new(
        from.Id is { Length: > 0 } id ? id : throw new VendorException($"{HubSpotClient.Vendor}'s answer could not be understood: an object without an id."),
        from.Properties ?? [],
        from.CreatedAt,
        from.UpdatedAt,
        from.Archived,
        from.Url);
}
