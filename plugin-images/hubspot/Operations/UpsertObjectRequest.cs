using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>What to make or change.</summary>
/// <param name="ObjectType">Of which kind.</param>
/// <param name="IdProperty">The unique property that tells whether there is one already, such as <c>email</c>.</param>
/// <param name="Id">Its value.</param>
/// <param name="Properties">The other properties; null empties one.</param>
public sealed record UpsertObjectRequest(
    [Description("Of which kind.")] CrmObjectType ObjectType,
    [Required, RegularExpression(ObjectRules.PropertyName), Description("The unique property that tells whether there is one already, such as email.")] string IdProperty,
    [StringLength(ObjectRules.IdLength, MinimumLength = 1), Description("Its value.")] string Id,
    [Description("The other properties by internal name; null empties one.")] IReadOnlyDictionary<string, JsonElement> Properties);
