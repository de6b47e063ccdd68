using System.Text.RegularExpressions;

namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>Regular expressions of config schemas. They come from authors and meet the input of tenants, so none may take exponential
/// time.</summary>
internal static class SchemaPattern
{
    /// <summary>Compiles an expression that matches in time linear to its input.</summary>
    /// <exception cref="RegexParseException">It is malformed.</exception>
    /// <exception cref="NotSupportedException">It needs a backtracking engine, or is too large.</exception>
    public static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
