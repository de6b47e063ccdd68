using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Sdk.Errors;

namespace DotMac.Plugins.HubSpot.Operations;

/// <summary>What several requests ask of ids and properties.</summary>
internal static class ObjectRules
{
    /// <summary>A property's internal name.</summary>
    public const string PropertyName = "[A-Za-z0-9_.-]{1,100}";

    /// <summary>The longest id: a number, or the value of a unique property.</summary>
    public const int IdLength = 255;

    /// <summary>The most inputs that HubSpot takes in one batch.</summary>
    public const int BatchSize = 100;

    /// <summary>An id without idProperty is HubSpot's own: a number.</summary>
    public static IEnumerable<ValidationResult> Id(string id, string? idProperty, string member)
    {
        if (idProperty is null && !id.All(char.IsAsciiDigit))
        {
            yield return new ValidationResult("Must be HubSpot's number for the object; to name it by another property, set idProperty.", [member]);
        }
        else if (id is "." or "..")
        {
            yield return new ValidationResult("Cannot be part of an address.", [member]);
        }
    }

    /// <summary>The same for each input of a batch.</summary>
    /// <exception cref="InvalidRequestException">Some ids are none; all of them are named.</exception>
    public static void RequireIds(IReadOnlyList<BatchInput> inputs, string? idProperty)
    {
        FieldProblem[] problems = [.. inputs.SelectMany((input, index) =>
            Id(input.Id, idProperty, nameof(BatchInput.Id)).Select(problem => new FieldProblem($"/inputs/{index}/id", problem.ErrorMessage)))];
        if (problems.Length > 0)
        {
            throw new InvalidRequestException("Some inputs name no object.", problems);
        }
    }

    /// <summary>Nothing to write is a mistake.</summary>
    public static IEnumerable<ValidationResult> NotEmpty(IReadOnlyDictionary<string, JsonElement> properties, string member)
    {
        if (properties.Count == 0)
        {
            yield return new ValidationResult("Name at least one property.", [member]);
        }
    }
}
