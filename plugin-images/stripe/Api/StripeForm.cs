using System.Globalization;

namespace DotMac.Plugins.Stripe.Api;

/// <summary>A form as Stripe reads it: <c>metadata[key]=value</c>, <c>types[0]=card</c>. What is null is left out.</summary>
internal sealed class StripeForm
{
    private readonly List<KeyValuePair<string, string>> _fields = [];

    /// <summary>The fields, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields => _fields;

    /// <summary>Adds a text.</summary>
    public StripeForm Add(string name, string? value)
    {
        if (value is not null)
        {
            _fields.Add(KeyValuePair.Create(name, value));
        }

        return this;
    }

    /// <summary>Adds a number.</summary>
    public StripeForm Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a truth.</summary>
    public StripeForm Add(string name, bool? value) => Add(name, value is bool truth ? truth ? "true" : "false" : null);

    /// <summary>Adds a list.</summary>
    public StripeForm Add(string name, IReadOnlyList<string>? values)
    {
        for (int index = 0; index < (values?.Count ?? 0); index++)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]"), values![index]);
        }

        return this;
    }

    /// <summary>Adds names and values.</summary>
    public StripeForm Add(string name, IReadOnlyDictionary<string, string>? values)
    {
        foreach ((string key, string value) in values ?? new Dictionary<string, string>())
        {
            Add($"{name}[{key}]", value);
        }

        return this;
    }
}
