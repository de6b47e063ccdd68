using System.Globalization;

namespace DotMac.StandIns.Vendors.Stripe;

/// <summary>The fields of a form or a query, by the names that Stripe gives them.</summary>
internal sealed class StripeFields(IReadOnlyList<KeyValuePair<string, string>> fields)
{
    /// <summary>All of them, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All => fields;

    /// <summary>A field's value; null when it did not come or is empty, which Stripe takes for the same.</summary>
    public string? this[string name] => fields.LastOrDefault(field => field.Key == name).Value is { Length: > 0 } value ? value : null;

    /// <summary>A whole number; null when there is none.</summary>
    public long? Number(string name) => long.TryParse(this[name], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>Whether a field, or one of its members, came.</summary>
    public bool Has(string name) => fields.Any(field => Root(field.Key) == name);

    /// <summary>The members of a field: <c>metadata[a]=b</c>.</summary>
    public IEnumerable<KeyValuePair<string, string>> Members(string name) =>
        from field in fields
        where field.Key.StartsWith($"{name}[", StringComparison.Ordinal) && field.Key.EndsWith(']')
        select KeyValuePair.Create(field.Key[(name.Length + 1)..^1], field.Value);

    /// <summary>What Stripe says of fields that it does not know or wants and does not find, and of numbers that are none; null when all is well.</summary>
    /// <param name="known">The known ones.</param>
    /// <param name="required">Those that must be there.</param>
    public StripeAnswer? Judge(IReadOnlyList<string> known, params string[] required)
    {
        if (fields.Select(static field => Root(field.Key)).FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            return StripeAnswer.Invalid($"Received unknown parameter: {unknown}", unknown, "parameter_unknown");
        }

        if (required.FirstOrDefault(name => !Has(name)) is { } missing)
        {
            return StripeAnswer.Invalid($"Missing required param: {missing}.", missing, "parameter_missing");
        }

        return new[] { "amount", "limit" }.FirstOrDefault(name => this[name] is not null && Number(name) is null) is { } number
            ? StripeAnswer.Invalid($"Invalid integer: {this[number]}", number, "parameter_invalid_integer")
            : null;
    }

    private static string Root(string name) => name.Split('[')[0];
}
