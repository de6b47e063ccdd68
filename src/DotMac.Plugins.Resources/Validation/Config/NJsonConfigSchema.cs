using System.Text.Json;
using NJsonSchema;
using NJsonSchema.Validation;

namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>A config schema compiled by NJsonSchema.</summary>
internal sealed class NJsonConfigSchema : IConfigSchema
{
    // The library fills caches inside a schema while it validates and does not say whether several threads may; a check takes microseconds.
    private readonly Lock _lock = new();
    private readonly JsonSchema _schema;
    private readonly JsonSchemaValidator _validator;
    private readonly IReadOnlyDictionary<string, string> _patterns;

    private NJsonConfigSchema(JsonSchema schema, IReadOnlyDictionary<string, string> patterns)
    {
        _schema = schema;
        _patterns = patterns;
        var settings = new JsonSchemaValidatorSettings();
        foreach (var (format, pattern) in patterns)
        {
            settings.AddCustomFormatValidator(new PatternFormat(format, SchemaPattern.Compile(pattern)));
        }

        _validator = new JsonSchemaValidator(settings);
    }

    /// <summary>Compiles a schema.</summary>
    /// <exception cref="ConfigSchemaException">It is none, or cannot be enforced.</exception>
    public static NJsonConfigSchema Compile(JsonElement schema)
    {
        if (ConfigSchemaChecker.Check(schema) is { Count: > 0 } errors)
        {
            throw new ConfigSchemaException(errors);
        }

        var translator = new ConfigSchemaTranslator();
        var text = translator.Translate(schema).ToString(Newtonsoft.Json.Formatting.None);
        try
        {
            // Asynchronous only for references to other documents, which the check above refused.
            var compiled = JsonSchema.FromJsonAsync(text).GetAwaiter().GetResult();
            return new NJsonConfigSchema(compiled, translator.PatternsByFormat);
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or FormatException
            or NotSupportedException or Newtonsoft.Json.JsonException)
        {
            throw new ConfigSchemaException([new ValidationError(string.Empty, $"the schema cannot be compiled: {failure.Message}")]);
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<ValidationError> Validate(JsonElement config)
    {
        var document = ConfigDocument.Of(config);
        ICollection<NJsonSchema.Validation.ValidationError> errors;
        lock (_lock)
        {
            errors = _validator.Validate(document.Root, _schema);
        }

        return errors.Count == 0 ? [] : new ConfigSchemaReport(document, _patterns).Of(errors);
    }
}
