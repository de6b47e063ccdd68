using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DotMac.Plugins.NetworkAutomation.Snmp;

/// <summary>
/// Reads what net-snmp's programs print: <c>.1.3.6.1.2.1.1.3.0 = Timeticks: (99) 0:00:00.99</c>. With the options that
/// <see cref="SnmpArguments"/> and <see cref="SnmpConf"/> give, a variable is one line; text that runs over several lines is read all the same.
/// </summary>
internal static partial class SnmpOutput
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All variables of an output.</summary>
    public static IReadOnlyList<SnmpVariable> Parse(string output)
    {
        var variables = new List<SnmpVariable>();
        string? pending = null;
        foreach (string line in output.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            if (VariableForm().IsMatch(line))
            {
                Add(pending);
                pending = line;
            }
            else if (pending is not null)
            {
                pending += "\n" + line;
            }
        }

        Add(pending?.TrimEnd('\n'));
        return variables;

        void Add(string? text)
        {
            if (text is not null)
            {
                variables.Add(ParseVariable(text)!);
            }
        }
    }

    /// <summary>One variable; null when the text is none.</summary>
    public static SnmpVariable? ParseVariable(string text)
    {
        Match match = VariableForm().Match(text);
        if (!match.Success)
        {
            return null;
        }

        (SnmpType type, object? value) = Value(text[match.Length..]);
        return new SnmpVariable(match.Groups["oid"].Value, type, value);
    }

    private static (SnmpType Type, object? Value) Value(string text)
    {
        // With a MIB loaded, net-snmp says when a device sends another type than the MIB has; what follows is what was sent.
        text = WrongTypeForm().Replace(text, "");
        if (text.StartsWith("No Such Object", StringComparison.Ordinal))
        {
            return (SnmpType.NoSuchObject, null);
        }

        if (text.StartsWith("No Such Instance", StringComparison.Ordinal))
        {
            return (SnmpType.NoSuchInstance, null);
        }

        if (text.StartsWith("No more variables left", StringComparison.Ordinal))
        {
            return (SnmpType.EndOfMibView, null);
        }

        if (text is "NULL" or "")
        {
            return (SnmpType.Null, null);
        }

        // An empty string has no type in net-snmp's output.
        if (text.StartsWith('"'))
        {
            return (SnmpType.OctetString, Unquote(text));
        }

        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (SnmpType.Unknown, text.Trim()) : Typed(text[..colon], text[(colon + 1)..].TrimStart(' '), text);
    }

    private static (SnmpType Type, object? Value) Typed(string type, string value, string text) => type switch
    {
        "INTEGER" => Number(SnmpType.Integer, Named(value), text),
        "Counter32" => Number(SnmpType.Counter32, value, text),
        "Gauge32" or "Unsigned32" or "UInteger32" => Number(SnmpType.Gauge32, value, text),
        "Counter64" => ulong.TryParse(FirstWord(value), NumberStyles.None, CultureInfo.InvariantCulture, out ulong big)
            ? (SnmpType.Counter64, big)
            : (SnmpType.Unknown, text),
        "Timeticks" => Number(SnmpType.TimeTicks, TicksForm().Match(value) is { Success: true } ticks ? ticks.Groups["ticks"].Value : value, text),
        "IpAddress" => (SnmpType.IpAddress, value.Trim()),
        "Network Address" => Octets(value) is { Length: 4 } address ? (SnmpType.IpAddress, string.Join('.', address)) : (SnmpType.Unknown, text),
        "OID" => (SnmpType.Oid, value.Trim()),
        "Hex-STRING" => Octets(value) is byte[] octets ? Text(octets) : (SnmpType.Unknown, text),
        "STRING" => (SnmpType.OctetString, value.StartsWith('"') ? Unquote(value) : value),
        "BITS" => (SnmpType.Bits, Hex(BitsForm().Match(value).Value)),
        "Opaque" => (SnmpType.Opaque, value.Trim()),
        _ => (SnmpType.Unknown, text.Trim()),
    };

    private static (SnmpType Type, object? Value) Number(SnmpType type, string value, string text) =>
        long.TryParse(FirstWord(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? (type, number)
            : (SnmpType.Unknown, text.Trim());

    // "up(1)", as a MIB's names are printed without -Oe.
    private static string Named(string value) => NamedForm().Match(value) is { Success: true } named ? named.Groups["number"].Value : value;

    private static string FirstWord(string value) => value.Trim().Split(' ', 2)[0];

    private static (SnmpType Type, object? Value) Text(byte[] octets)
    {
        try
        {
            string text = Strict.GetString(octets);
            if (!text.Any(character => char.IsControl(character) && character is not ('\t' or '\r' or '\n')))
            {
                return (SnmpType.OctetString, text);
            }
        }
        catch (DecoderFallbackException)
        {
            // Not text.
        }

        return (SnmpType.HexString, Convert.ToHexStringLower(octets));
    }

    private static byte[]? Octets(string value)
    {
        string digits = Hex(value);
        return digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }

    private static string Hex(string value) => string.Concat(value.Split([' ', '\n', ':'], StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();

    // A quote and a backslash inside the text stand behind a backslash.
    private static string Unquote(string value)
    {
        var text = new StringBuilder();
        for (int index = 1; index < value.Length && value[index] != '"'; index++)
        {
            if (value[index] == '\\' && index + 1 < value.Length)
            {
                index++;
            }

            text.Append(value[index]);
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\A(?<oid>(\.[0-9]+)+) = ?", RegexOptions.CultureInvariant)]
    private static partial Regex VariableForm();

    [GeneratedRegex(@"\AWrong Type \([^)]*\): ", RegexOptions.CultureInvariant)]
    private static partial Regex WrongTypeForm();

    [GeneratedRegex(@"\A\((?<ticks>[0-9]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex TicksForm();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9-]*\((?<number>-?[0-9]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex NamedForm();

    // "80 0(0)" with a MIB loaded: octets first, then the numbers of the bits that are set.
    [GeneratedRegex(@"\A([0-9A-Fa-f]{2}( |\n|\z))*", RegexOptions.CultureInvariant)]
    private static partial Regex BitsForm();
}
