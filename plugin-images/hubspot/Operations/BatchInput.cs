using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>One object of a batch.</summary>
/// <param name="Id">Which one: HubSpot's number, or the value of the batch's idProperty.</param>
/// <param name="Properties">The properties to write; null empties one.</param>
public sealed record BatchInput(
    [StringLength(ObjectRules.IdLength, MinimumLength = 1), Description("Which one: HubSpot's number, or the value of the batch's idProperty.")] string Id,
    [Description("The properties to write, by internal name; null empties one.")] IReadOnlyDictionary<string, JsonElement> Properties);
