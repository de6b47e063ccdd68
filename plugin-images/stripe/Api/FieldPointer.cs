using DotMac.Plugins.Contract.References;

namespace DotMac.Plugins.Stripe.Api;

/// <summary>Names the member of the caller's request for a field of Stripe's form or query.</summary>
internal static class FieldPointer
{
    /// <summary>Where the caller's name is another, or the form has more depth than the request.</summary>
    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["automatic_payment_methods[enabled]"] = "/automaticPaymentMethods",
        ["cancellation_reason"] = "/reason",
        ["created"] = "/createdAfter",
        ["created[gte]"] = "/createdAfter",
        ["created[lt]"] = "/createdBefore",
        ["intent"] = "/id",
        ["limit"] = "/maxItems",
    };

    /// <summary>The member: <c>payment_method_types[0]</c> is <c>/paymentMethodTypes/0</c>.</summary>
    /// <param name="param">Stripe's name of the field; null when it named none.</param>
    /// <returns>A JSON pointer; the request itself when Stripe named no field.</returns>
    public static string Of(string? param) => param is null ? JsonPointer.Root
        : Others.TryGetValue(param, out string? other) ? other
        : param.Split('[', ']')
            .Where(static token => token.Length > 0)
            .Select(static (token, index) => index == 0 ? CamelCase(token) : token)
            .Aggregate(JsonPointer.Root, JsonPointer.Append);

    private static string CamelCase(string name) =>
        string.Concat(name.Split('_').Select(static (word, index) => index == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
