using DotMac.Plugins.Contract.References;
using NJsonSchema;
using NJsonSchema.Validation;
using Found = NJsonSchema.Validation.ValidationError;
using Kind = NJsonSchema.Validation.ValidationErrorKind;

namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>
/// Says what the schema library found in the words of this product, without values, and without what may well hold once references are
/// resolved.
/// </summary>
internal sealed class ConfigSchemaReport(ConfigDocument document, IReadOnlyDictionary<string, string> patterns)
{
    /// <summary>The errors that remain, each once.</summary>
    public IReadOnlyList<ValidationError> Of(IEnumerable<Found> errors) => [.. errors.SelectMany(Of).Distinct()];

    private IEnumerable<ValidationError> Of(Found error)
    {
        if (error.Kind == Kind.PropertyRequired)
        {
            return [Missing(error)];
        }

        if (document.IsUnresolved(error.Token))
        {
            return [];
        }

        return (error, error.Kind) switch
        {
            (ChildSchemaValidationError { Errors: var branches }, Kind.NotAnyOf or Kind.NotOneOf) => Alternatives(error, branches),
            (ChildSchemaValidationError { Errors: var branches }, _) => Of(branches.Values.SelectMany(branch => branch)),
            (MultiTypeValidationError { Errors: var types }, _) => Types(error, types),
            (_, Kind.ExcludedSchemaValidates) when document.HoldsUnresolved(error.Token) => [],
            (_, Kind.NoAdditionalPropertiesAllowed) => [Surplus(error)],
            _ => [At(error, ConfigSchemaMessages.Of(error, patterns))],
        };
    }

    private static ValidationError At(Found error, string message) => new(JsonTokens.Pointer(error.Token), message);

    private static ValidationError Missing(Found error)
    {
        var name = error.Property ?? string.Empty;
        var secret = error.Schema?.ActualProperties.TryGetValue(name, out var property) == true
            && property.ActualSchema.ExtensionData?.TryGetValue(ConfigSchemaKeywords.Secret, out var flag) == true
            && flag is true;
        return new ValidationError(
            JsonPointer.Append(JsonTokens.Pointer(error.Token), name),
            secret ? $"is required; add it, as a reference: {SecretAdvice.Forms}" : "is required; add it");
    }

    private static ValidationError Surplus(Found error)
    {
        var known = error.Schema?.ActualProperties.Keys.ToList() ?? [];
        var closest = ClosestMatch.Of(error.Property ?? string.Empty, known);
        var advice = (closest, known.Count) switch
        {
            (not null, _) => $"did you mean {closest}?",
            (_, 0) => "remove it",
            _ => $"remove it, or write one of {ConfigSchemaMessages.List(known.Order(StringComparer.Ordinal))}",
        };
        return At(error, $"is not known to the plugin; {advice}");
    }

    private IEnumerable<ValidationError> Alternatives(Found error, IReadOnlyDictionary<JsonSchema, ICollection<Found>> branches)
    {
        if (branches.Values.Count(branch => branch.Count == 0) > 1)
        {
            var fitting = branches.Where(branch => branch.Value.Count == 0)
                .SelectMany(branch => branch.Key.RequiredProperties)
                .Distinct()
                .ToList();
            return
            [
                At(error, fitting.Count == 0
                    ? "fits several alternatives of the config schema where exactly one is allowed; make it fit one only"
                    : $"fits several alternatives where exactly one is allowed; keep one of {ConfigSchemaMessages.List(fitting)}"),
            ];
        }

        var reports = branches.Values.Select(branch => Of(branch)).ToList();

        // Nothing but unresolved references speaks against this one, so it may turn out to fit.
        if (reports.Count == 0 || reports.Exists(report => report.Count == 0))
        {
            return reports.Count == 0 ? [At(error, "fits none of the alternatives of the config schema")] : [];
        }

        if (branches.Values.All(branch => branch.All(inner => inner.Kind == Kind.PropertyRequired && inner.Token == error.Token)))
        {
            var choices = branches.Values.Select(branch => string.Join(" and ", branch.Select(inner => inner.Property)));
            return [At(error, $"lacks one of {ConfigSchemaMessages.List(choices)}; add one")];
        }

        return reports.MinBy(report => report.Count)!;
    }

    private IEnumerable<ValidationError> Types(Found error, IReadOnlyDictionary<JsonObjectType, ICollection<Found>> types)
    {
        var fitting = types
            .Where(type => !type.Value.Any(inner => ConfigSchemaMessages.IsTypeMismatch(inner.Kind) && inner.Token == error.Token))
            .ToList();
        return fitting.Count == 0
            ? [At(error, $"must be {string.Join(" or ", types.Keys.Select(ConfigSchemaMessages.TypeName).Order(StringComparer.Ordinal))}")]
            : Of(fitting.SelectMany(type => type.Value));
    }
}
