using System.Globalization;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using Found = NJsonSchema.Validation.ValidationError;
using Kind = NJsonSchema.Validation.ValidationErrorKind;

namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>What is wrong with a value and what to do, from the schema alone: the value itself is never looked at.</summary>
internal static class ConfigSchemaMessages
{
    private const int MostListed = 12;

    /// <summary>The message of an error that has no parts.</summary>
    public static string Of(Found error, IReadOnlyDictionary<string, string> patterns) => error.Kind switch
    {
        Kind.StringExpected when error.Token?.Type is JTokenType.Integer or JTokenType.Float or JTokenType.Boolean =>
            "must be a string; put the value in quotes",
        Kind.StringExpected => "must be a string",
        Kind.NumberExpected => "must be a number, without quotes",
        Kind.IntegerExpected => "must be a whole number, without quotes",
        Kind.BooleanExpected => "must be true or false, without quotes",
        Kind.ObjectExpected => "must be an object",
        Kind.ArrayExpected => "must be a list",
        Kind.NullExpected => "must be null",
        Kind.PatternMismatch when error.Schema?.Format is { } format && patterns.TryGetValue(format, out var pattern) =>
            $"must match the regular expression {pattern}",
        Kind.StringTooShort => $"must have at least {error.Schema?.MinLength} characters",
        Kind.StringTooLong => $"must have at most {error.Schema?.MaxLength} characters",
        Kind.NumberTooSmall => Bound(
            error.Schema?.Minimum,
            error.Schema?.ExclusiveMinimum,
            error.Schema?.IsExclusiveMinimum,
            "at least",
            "more than"),
        Kind.NumberTooBig or Kind.IntegerTooBig =>
            Bound(error.Schema?.Maximum, error.Schema?.ExclusiveMaximum, error.Schema?.IsExclusiveMaximum, "at most", "less than"),
        Kind.NumberNotMultipleOf or Kind.IntegerNotMultipleOf => $"must be a multiple of {Text(error.Schema?.MultipleOf)}",
        Kind.TooManyItems => $"must have at most {error.Schema?.MaxItems} items",
        Kind.TooFewItems => $"must have at least {error.Schema?.MinItems} items",
        Kind.TooManyItemsInTuple => "has more items than the config schema knows; remove the last ones",
        Kind.ItemsNotUnique => "has an item twice; remove one",
        Kind.TooManyProperties => $"must have at most {error.Schema?.MaxProperties} members",
        Kind.TooFewProperties => $"must have at least {error.Schema?.MinProperties} members",
        Kind.NotInEnumeration => $"must be one of {List((error.Schema?.Enumeration ?? []).Select(Text))}",
        Kind.ExcludedSchemaValidates => "is excluded by the config schema; change or remove it",
        Kind.DateTimeExpected => "must be a date and time such as 2026-01-31T12:00:00Z",
        Kind.DateExpected => "must be a date such as 2026-01-31",
        Kind.TimeExpected => "must be a time such as 12:00:00",
        Kind.TimeSpanExpected => "must be a time span such as 00:05:00",
        Kind.UriExpected => "must be an absolute URI such as https://api.example.com",
        Kind.IpV4Expected => "must be an IPv4 address such as 192.0.2.1",
        Kind.IpV6Expected => "must be an IPv6 address such as 2001:db8::1",
        Kind.GuidExpected or Kind.UuidExpected => "must be a UUID such as 00000000-0000-0000-0000-000000000000",
        Kind.EmailExpected => "must be an e-mail address such as name@example.com",
        Kind.HostnameExpected => "must be a host name such as api.example.com",
        Kind.Base64Expected => "must be Base64",
        _ => $"does not fit the config schema ({error.Kind})",
    };

    /// <summary>Whether an error says that the type is wrong.</summary>
    public static bool IsTypeMismatch(Kind kind) => kind is Kind.StringExpected or Kind.NumberExpected or Kind.IntegerExpected
        or Kind.BooleanExpected or Kind.ObjectExpected or Kind.ArrayExpected or Kind.NullExpected;

    /// <summary>A type, with its article.</summary>
    public static string TypeName(JsonObjectType type) => type switch
    {
        JsonObjectType.String => "a string",
        JsonObjectType.Number => "a number",
        JsonObjectType.Integer => "a whole number",
        JsonObjectType.Boolean => "true or false",
        JsonObjectType.Object => "an object",
        JsonObjectType.Array => "a list",
        JsonObjectType.Null => "null",
        _ => type.ToString(),
    };

    /// <summary>Some names in one line.</summary>
    public static string List(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(MostListed)) + (all.Count > MostListed ? $" and {all.Count - MostListed} more" : string.Empty);
    }

    private static string Bound(decimal? inclusive, decimal? exclusive, bool? isExclusive, string words, string exclusiveWords) =>
        exclusive is not null ? $"must be {exclusiveWords} {Text(exclusive)}"
        : isExclusive == true ? $"must be {exclusiveWords} {Text(inclusive)}"
        : $"must be {words} {Text(inclusive)}";

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";
}
