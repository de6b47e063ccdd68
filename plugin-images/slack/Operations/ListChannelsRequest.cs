using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Slack.Operations;

/// <summary>Which channels to list.</summary>
/// <param name="Types">Of which kinds; null: public ones.</param>
/// <param name="Limit">How many at most. Slack may answer fewer although there are more.</param>
/// <param name="Cursor">Where to go on, as the last answer's nextCursor said.</param>
/// <param name="ExcludeArchived">Whether to leave archived ones out.</param>
public sealed record ListChannelsRequest(
    [MinLength(1), MaxLength(4), Description("Of which kinds; left out: public ones.")] IReadOnlyList<ChannelType>? Types = null,
    [Range(1, 1000), Description("How many at most. Slack may answer fewer although there are more: only nextCursor tells.")] int Limit = 100,
    [StringLength(1000, MinimumLength = 1), Description("Where to go on, as the last answer's nextCursor said.")] string? Cursor = null,
    [Description("Whether to leave archived ones out.")] bool ExcludeArchived = true);
