namespace DotMac.Plugins.HubSpot.Api;

/// <summary>An object in HubSpot's answers.</summary>
/// <param name="Id">HubSpot's number, as text.</param>
/// <param name="Properties">The properties by internal name.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
/// <param name="Archived">Whether it is in the bin.</param>
/// <param name="New">Of an upsert: whether it was made.</param>
/// <param name="ObjectWriteTraceId">Of a batch: the input's own id. Not every endpoint gives it back.</param>
/// <param name="Url">Where people find it.</param>
internal sealed record HubSpotObject(
    string? Id,
    Dictionary<string, string?>? Properties,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt,
    bool Archived,
    bool? New,
    string? ObjectWriteTraceId,
    string? Url);
