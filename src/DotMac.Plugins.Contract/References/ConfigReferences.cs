using System.Text.Json;

namespace DotMac.Plugins.Contract.References;

/// <summary>Finds the references of a whole config.</summary>
public static class ConfigReferences
{
    /// <summary>Walks a config of any nesting. Only string values hold references; the names of members do not.</summary>
    /// <param name="config">The config. An undefined element holds nothing.</param>
    /// <returns>The references and the errors with their JSON pointers.</returns>
    public static ConfigReferenceScan Scan(JsonElement config)
    {
        var references = new List<LocatedReference>();
        var errors = new List<LocatedReferenceError>();
        try
        {
            Visit(config, JsonPointer.Root, references, errors);
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json reads "\ud800" as JSON, but not as a string.
            errors.Add(new LocatedReferenceError(JsonPointer.Root, 1, "The config holds half a surrogate pair, which is no character; remove it."));
        }

        return new ConfigReferenceScan(references, errors);
    }

    private static void Visit(JsonElement element, string pointer, List<LocatedReference> references, List<LocatedReferenceError> errors)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    Visit(property.Value, JsonPointer.Append(pointer, property.Name), references, errors);
                }

                break;
            case JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Visit(item, JsonPointer.Append(pointer, index++), references, errors);
                }

                break;
            case JsonValueKind.String:
                VisitString(element.GetString()!, pointer, references, errors);
                break;
        }
    }

    private static void VisitString(string text, string pointer, List<LocatedReference> references, List<LocatedReferenceError> errors)
    {
        if (ConfigTemplate.TryParse(text, out ConfigTemplate? template, out ReferenceError? error))
        {
            references.AddRange(template.References.Select(reference => new LocatedReference(pointer, reference)));
        }
        else
        {
            errors.Add(new LocatedReferenceError(pointer, error.Column, error.Message));
        }
    }
}
