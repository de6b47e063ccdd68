using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DotMac.Plugins.NetworkAutomation.Operations;

/// <summary>One variable to set.</summary>
public sealed record SnmpAssignment : IValidatableObject
{
    /// <summary>Its object identifier.</summary>
    [Required, RegularExpression(NetworkForms.ObjectName), Description("The object identifier with its instance, such as 1.3.6.1.2.1.1.5.0.")]
    public required string Oid { get; init; }

    /// <summary>The type, in net-snmp's letters.</summary>
    [Required, RegularExpression("[iutaosxd]")]
    [Description("i: integer, u: unsigned, t: hundredths of a second, a: IPv4 address, o: object identifier, s: text, x: hexadecimal octets, d: decimal octets.")]
    public required string Type { get; init; }

    /// <summary>The value, as text.</summary>
    [StringLength(16_384), Description("The value as text, whatever the type.")]
    public required string Value { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Checked here because net-snmp cuts numbers that are too large and sends the rest.
        string? needed = Type switch
        {
            "i" when !int.TryParse(Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => "a whole number of 32 bits with sign",
            "u" or "t" when !uint.TryParse(Value, NumberStyles.None, CultureInfo.InvariantCulture, out _) => "a whole number of 32 bits without sign",
            "a" when !WholeMatch.Is(Value, @"[0-9]{1,3}(\.[0-9]{1,3}){3}") || !IsAddress(Value) => "an IPv4 address",
            "o" when !WholeMatch.Is(Value, NetworkForms.NumericObjectName) => "an object identifier in numbers",
            "x" when !WholeMatch.Is(Value, "([0-9A-Fa-f]{2}[ :]?)*") => "hexadecimal octets, two digits each",
            "d" when !WholeMatch.Is(Value, @"([0-9]{1,3}([. ][0-9]{1,3})*)?") || !AreOctets(Value) => "octets in decimal, parted by dots",
            "s" when Value.Contains('\0', StringComparison.Ordinal) => "text without NUL; send such octets as x",
            _ => null,
        };
        if (needed is not null)
        {
            yield return new ValidationResult($"Must be {needed} for type {Type}.", [nameof(Value)]);
        }
    }

    private static bool IsAddress(string value) => IPAddress.TryParse(value, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetwork;

    private static bool AreOctets(string value) =>
        value.Split(['.', ' '], StringSplitOptions.RemoveEmptyEntries).All(octet => int.Parse(octet, CultureInfo.InvariantCulture) <= 255);
}
