using System.Globalization;
using System.Text.Json.Serialization;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Models;

/// <summary>A number or a name, as ports and percentages are written.</summary>
[JsonConverter(typeof(IntOrStringConverter))]
public readonly record struct IntOrString
{
    private IntOrString(int? number, string? text) => (Number, Text) = (number, text);

    /// <summary>The number, when it is one.</summary>
    public int? Number { get; }

    /// <summary>The text, when it is not a number.</summary>
    public string? Text { get; }

    /// <summary>A number.</summary>
    public static implicit operator IntOrString(int value) => FromInt32(value);

    /// <summary>A name or a percentage.</summary>
    public static implicit operator IntOrString(string value) => FromString(value);

    /// <summary>A number.</summary>
    public static IntOrString FromInt32(int value) => new(value, null);

    /// <summary>A name or a percentage.</summary>
    public static IntOrString FromString(string value) => new(null, value);

    /// <inheritdoc />
    public override string ToString() => Number?.ToString(CultureInfo.InvariantCulture) ?? Text ?? string.Empty;
}
