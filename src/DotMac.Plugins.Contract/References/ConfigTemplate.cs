using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace DotMac.Plugins.Contract.References;

/// <summary>
/// A config string taken apart into literal text and references. The one parser of references for operator, SDK, API and command.
/// </summary>
/// <remarks>
/// <c>${kind:…}</c> is a reference, <c>$${</c> the literal characters <c>${</c>, and a <c>$</c> that no <c>{</c> follows is literal. A literal
/// <c>$</c> right before a reference cannot be written: <c>$${</c> is taken.
/// </remarks>
public sealed class ConfigTemplate
{
    private ConfigTemplate(IReadOnlyList<TemplateSegment> segments)
    {
        Segments = segments;
        References = [.. segments.OfType<ReferenceSegment>().Select(segment => segment.Reference)];
    }

    /// <summary>The pieces in order. No two literals stand side by side, and no literal is empty.</summary>
    public IReadOnlyList<TemplateSegment> Segments { get; }

    /// <summary>The references in order of appearance, repeated ones included.</summary>
    public IReadOnlyList<ConfigReference> References { get; }

    /// <summary>Whether there is any reference to resolve.</summary>
    public bool HasReferences => References.Count > 0;

    /// <summary>Parses a config string.</summary>
    /// <param name="text">The string as it stands in the config.</param>
    /// <returns>The template.</returns>
    /// <exception cref="ReferenceFormatException">A reference is malformed; the message says what to write instead.</exception>
    public static ConfigTemplate Parse(string text) =>
        TryParse(text, out ConfigTemplate? template, out ReferenceError? error) ? template : throw new ReferenceFormatException(error);

    /// <summary>Parses a config string.</summary>
    /// <param name="text">The string as it stands in the config.</param>
    /// <param name="template">The template, when parsing succeeded.</param>
    /// <param name="error">The first error, when it did not.</param>
    /// <returns>Whether the string is well-formed.</returns>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out ConfigTemplate? template, [NotNullWhen(false)] out ReferenceError? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        template = null;
        var segments = new List<TemplateSegment>();
        var literal = new StringBuilder();
        int position = 0;
        while (position < text.Length)
        {
            if (StartsWith(text, position, "$${"))
            {
                literal.Append("${");
                position += 3;
            }
            else if (StartsWith(text, position, "${"))
            {
                int end = text.IndexOf('}', position);
                if (end < 0)
                {
                    error = new ReferenceError(
                        position + 1,
                        "'${' opens a reference that no '}' closes; close it as in ${vault:path/key}, or write '$${' if the characters '${' are meant.");
                    return false;
                }

                if (!ReferenceParser.TryParse(text, position + 2, end, out ConfigReference? reference, out error))
                {
                    return false;
                }

                FlushLiteral(literal, segments);
                segments.Add(new ReferenceSegment(reference));
                position = end + 1;
            }
            else
            {
                literal.Append(text[position]);
                position++;
            }
        }

        FlushLiteral(literal, segments);
        template = new ConfigTemplate(segments);
        error = null;
        return true;
    }

    /// <summary>Puts the values in.</summary>
    /// <param name="resolve">Gives a reference's value. Called once per appearance, in order; its exceptions pass through.</param>
    /// <returns>The string with every reference replaced. A value is not parsed again, so it may contain <c>${</c>.</returns>
    public string Render(Func<ConfigReference, string> resolve)
    {
        ArgumentNullException.ThrowIfNull(resolve);
        return string.Concat(Segments.Select(segment => segment switch
        {
            ReferenceSegment { Reference: ConfigReference reference } => resolve(reference),
            LiteralSegment { Text: string text } => text,
            _ => throw new InvalidOperationException("A template has only literals and references."),
        }));
    }

    /// <summary>The string as it stands in a config, escaped so that parsing it gives this template again. Contains the literal text.</summary>
    public override string ToString() => string.Concat(Segments.Select(segment => segment switch
    {
        ReferenceSegment { Reference: ConfigReference reference } => reference.ToString(),
        LiteralSegment { Text: string text } => text.Replace("${", "$${", StringComparison.Ordinal),
        _ => throw new InvalidOperationException("A template has only literals and references."),
    }));

    private static bool StartsWith(string text, int position, string prefix) =>
        string.CompareOrdinal(text, position, prefix, 0, prefix.Length) == 0;

    private static void FlushLiteral(StringBuilder literal, List<TemplateSegment> segments)
    {
        if (literal.Length > 0)
        {
            segments.Add(new LiteralSegment(literal.ToString()));
            literal.Clear();
        }
    }
}
