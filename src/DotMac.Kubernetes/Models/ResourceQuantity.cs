using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Models;

/// <summary>
/// An amount of memory, CPU or the like, in the notation of Kubernetes: <c>256Mi</c>, <c>100m</c>, <c>1.5</c>, <c>2e3</c>.
/// Equality is of amounts: <c>0.1</c> equals <c>100m</c>. Text is the canonical form, which is what the API server stores.
/// Source of the rules: the package documentation of <c>k8s.io/apimachinery/pkg/api/resource</c>.
/// </summary>
[JsonConverter(typeof(ResourceQuantityConverter))]
public readonly struct ResourceQuantity : IEquatable<ResourceQuantity>, IComparable<ResourceQuantity>
{
    private const decimal Nano = 0.000000001m;

    private static readonly (string Suffix, decimal Factor)[] Binary =
    [
        ("Ei", 1152921504606846976m), ("Pi", 1125899906842624m), ("Ti", 1099511627776m), ("Gi", 1073741824m), ("Mi", 1048576m), ("Ki", 1024m),
    ];

    private static readonly (string Suffix, decimal Factor)[] Decimal =
    [
        ("E", 1e18m), ("P", 1e15m), ("T", 1e12m), ("G", 1e9m), ("M", 1e6m), ("k", 1e3m), ("", 1m), ("m", 0.001m), ("u", 0.000001m), ("n", Nano),
    ];

    private readonly QuantityNotation _notation;

    private ResourceQuantity(decimal value, QuantityNotation notation) => (Value, _notation) = (value, notation);

    /// <summary>The amount in its base unit: bytes, cores, pieces.</summary>
    public decimal Value { get; }

    /// <summary>Compares amounts.</summary>
    public static bool operator ==(ResourceQuantity left, ResourceQuantity right) => left.Equals(right);

    /// <summary>Compares amounts.</summary>
    public static bool operator !=(ResourceQuantity left, ResourceQuantity right) => !left.Equals(right);

    /// <summary>Compares amounts.</summary>
    public static bool operator <(ResourceQuantity left, ResourceQuantity right) => left.CompareTo(right) < 0;

    /// <summary>Compares amounts.</summary>
    public static bool operator >(ResourceQuantity left, ResourceQuantity right) => left.CompareTo(right) > 0;

    /// <summary>Compares amounts.</summary>
    public static bool operator <=(ResourceQuantity left, ResourceQuantity right) => left.CompareTo(right) <= 0;

    /// <summary>Compares amounts.</summary>
    public static bool operator >=(ResourceQuantity left, ResourceQuantity right) => left.CompareTo(right) >= 0;

    /// <summary>Reads a quantity.</summary>
    /// <exception cref="FormatException">The text is not a quantity.</exception>
    public static ResourceQuantity Parse(string text) => TryParse(text, out var quantity)
        ? quantity
        : throw new FormatException($"'{text}' is not a quantity; write a number with an optional suffix, such as 256Mi, 100m or 1.5");

    /// <summary>Reads a quantity, if the text is one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ResourceQuantity quantity)
    {
        quantity = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.' || (end == 0 && text[end] is '+' or '-')))
        {
            end++;
        }

        if (!decimal.TryParse(
            text.AsSpan(0, end),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number))
        {
            return false;
        }

        if (Factor(text[end..]) is not { } unit)
        {
            return false;
        }

        try
        {
            var exact = number * unit.Factor;

            // Finer than a nano is rounded away from zero, as the API server does.
            var rounded = Math.Truncate(exact / Nano) * Nano;
            quantity = new ResourceQuantity(rounded == exact ? exact : rounded + (Math.Sign(exact) * Nano), unit.Notation);
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public bool Equals(ResourceQuantity other) => Value == other.Value;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is ResourceQuantity other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => Value.GetHashCode();

    /// <inheritdoc />
    public int CompareTo(ResourceQuantity other) => Value.CompareTo(other.Value);

    /// <summary>The canonical form: no fraction, the largest suffix that leaves none.</summary>
    public override string ToString()
    {
        if (Value == 0)
        {
            return "0";
        }

        // Below 1024, and with a fraction, the binary notation is written in the decimal one.
        if (_notation == QuantityNotation.Binary && Math.Abs(Value) >= 1024 && decimal.IsInteger(Value))
        {
            foreach (var (suffix, factor) in Binary)
            {
                if (Value % factor == 0)
                {
                    return Text(Value / factor) + suffix;
                }
            }

            return Text(Value);
        }

        foreach (var (suffix, factor) in Decimal)
        {
            if (Value % factor == 0)
            {
                return Text(Value / factor) + (_notation == QuantityNotation.Exponent ? Exponent(suffix) : suffix);
            }
        }

        return Text(Math.Ceiling(Value / Nano)) + "n";
    }

    private static string Text(decimal value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static string Exponent(string suffix) => suffix switch
    {
        "E" => "e18",
        "P" => "e15",
        "T" => "e12",
        "G" => "e9",
        "M" => "e6",
        "k" => "e3",
        "m" => "e-3",
        "u" => "e-6",
        "n" => "e-9",
        _ => string.Empty,
    };

    private static (decimal Factor, QuantityNotation Notation)? Factor(string suffix)
    {
        foreach (var (known, factor) in Decimal)
        {
            if (known == suffix)
            {
                return (factor, QuantityNotation.Decimal);
            }
        }

        foreach (var (known, factor) in Binary)
        {
            if (known == suffix)
            {
                return (factor, QuantityNotation.Binary);
            }
        }

        if (suffix[0] is 'e' or 'E'
            && int.TryParse(suffix.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            && Math.Abs(exponent) <= 18)
        {
            var power = 1m;
            for (var i = 0; i < Math.Abs(exponent); i++)
            {
                power *= 10;
            }

            return (exponent < 0 ? 1 / power : power, QuantityNotation.Exponent);
        }

        return null;
    }
}
