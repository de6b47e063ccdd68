using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>What to put together.</summary>
/// <param name="ObjectType">The kind of the one.</param>
/// <param name="Id">The one: HubSpot's number.</param>
/// <param name="ToObjectType">The kind of the other.</param>
/// <param name="ToId">The other: HubSpot's number.</param>
public sealed record AssociateRequest(
    [Description("The kind of the one.")] CrmObjectType ObjectType,
    [Required, RegularExpression(AssociateRequest.Number), Description("The one: HubSpot's number.")] string Id,
    [Description("The kind of the other.")] CrmObjectType ToObjectType,
    [Required, RegularExpression(AssociateRequest.Number), Description("The other: HubSpot's number.")] string ToId)
{
    /// <summary>HubSpot's ids.</summary>
    internal const string Number = "[0-9]{1,20}";
}
