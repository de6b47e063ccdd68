using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using NJsonSchema.Validation;
using NJsonSchema.Validation.FormatValidators;

namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>A pattern in the guise of a format.</summary>
internal sealed class PatternFormat(string format, Regex pattern) : IFormatValidator
{
    /// <inheritdoc />
    public string Format { get; } = format;

    /// <inheritdoc />
    public ValidationErrorKind ValidationErrorKind => ValidationErrorKind.PatternMismatch;

    /// <inheritdoc />
    public bool IsValid(string value, JTokenType tokenType) => pattern.IsMatch(value);
}
