using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Mailchimp.Operations;

/// <summary>A page of audiences.</summary>
/// <param name="Count">How many.</param>
/// <param name="Offset">How many come before them.</param>
public sealed record ListAudiencesRequest(
    [Range(1, 1000), Description("How many.")] int Count = 100, [Range(0, 1_000_000), Description("How many come before them.")] int Offset = 0);
