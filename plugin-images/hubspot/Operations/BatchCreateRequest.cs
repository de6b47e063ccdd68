using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>What to make, in one go.</summary>
/// <param name="ObjectType">Of which kind.</param>
/// <param name="Inputs">The objects.</param>
public sealed record BatchCreateRequest(
    [Description("Of which kind.")] CrmObjectType ObjectType,
    [MinLength(1), MaxLength(ObjectRules.BatchSize), Description("The objects.")] IReadOnlyList<BatchCreateInput> Inputs);
