using System.Text;

namespace DotMac.StandIns.VaultAgent.Templates;

/// <summary>
/// Reads as much of Go's templates as rendering secrets takes: <c>with</c>, <c>range</c>, <c>if</c>, <c>else</c>, pipelines, fields, variables,
/// texts, trimming. https://pkg.go.dev/text/template
/// </summary>
internal sealed class TemplateParser
{
    private readonly List<(bool IsAction, string Text)> _parts;
    private int _at;

    private TemplateParser(List<(bool IsAction, string Text)> parts) => _parts = parts;

    /// <summary>Reads a template.</summary>
    /// <exception cref="TemplateException">It cannot be read.</exception>
    public static IReadOnlyList<TemplateNode> Parse(string template, string left = "{{", string right = "}}")
    {
        var parser = new TemplateParser(Split(template, left, right));
        var (nodes, ending) = parser.Nodes();
        return ending is null ? nodes : throw new TemplateException($"'{ending}' without a beginning");
    }

    private static List<(bool IsAction, string Text)> Split(string template, string left, string right)
    {
        var parts = new List<(bool, string)>();
        var at = 0;
        var trimNext = false;
        while (true)
        {
            var begin = template.IndexOf(left, at, StringComparison.Ordinal);
            var text = begin < 0 ? template[at..] : template[at..begin];
            text = trimNext ? text.TrimStart() : text;
            if (begin < 0)
            {
                parts.Add((false, text));
                return parts;
            }

            var end = End(template, begin + left.Length, right);
            var action = template[(begin + left.Length)..end];
            if (action.Length > 1 && action[0] == '-' && char.IsWhiteSpace(action[1]))
            {
                text = text.TrimEnd();
                action = action[1..];
            }

            trimNext = action.Length > 1 && action[^1] == '-' && char.IsWhiteSpace(action[^2]);
            action = trimNext ? action[..^1] : action;
            parts.Add((false, text));
            parts.Add((true, action.Trim()));
            at = end + right.Length;
        }
    }

    // The right delimiter may stand within a text.
    private static int End(string template, int from, string right)
    {
        var quote = '\0';
        for (var i = from; i < template.Length; i++)
        {
            if (quote != '\0')
            {
                i += template[i] == '\\' && quote == '"' ? 1 : 0;
                quote = i < template.Length && template[i] == quote ? '\0' : quote;
            }
            else if (template[i] is '"' or '`')
            {
                quote = template[i];
            }
            else if (template.AsSpan(i).StartsWith(right, StringComparison.Ordinal))
            {
                return i;
            }
        }

        throw new TemplateException($"an action does not end with {right}");
    }

    // Commands between bars, each of words; a text keeps its quote in front to be told from a name.
    private static List<IReadOnlyList<string>> Pipeline(string text)
    {
        var commands = new List<IReadOnlyList<string>>();
        var words = new List<string>();
        var word = new StringBuilder();
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ' ';
            if (c is '"' or '`')
            {
                word.Append('"');
                for (i++; i < text.Length && text[i] != c; i++)
                {
                    i += text[i] == '\\' && c == '"' && i + 1 < text.Length ? 1 : 0;
                    word.Append(text[i]);
                }

                words.Add(word.ToString());
                word.Clear();
            }
            else if (char.IsWhiteSpace(c) || c == '|')
            {
                if (word.Length > 0)
                {
                    words.Add(word.ToString());
                    word.Clear();
                }

                if (c == '|')
                {
                    commands.Add(words);
                    words = [];
                }
            }
            else if (c is '(' or ')')
            {
                throw new TemplateException("this stand-in's templates know no parentheses");
            }
            else
            {
                word.Append(c);
            }
        }

        commands.Add(words);
        return commands.TrueForAll(static c => c.Count > 0) ? commands : throw new TemplateException($"'{text}' lacks a command");
    }

    private (List<TemplateNode> Nodes, string? Ending) Nodes()
    {
        var nodes = new List<TemplateNode>();
        while (_at < _parts.Count)
        {
            var (isAction, text) = _parts[_at++];
            if (!isAction)
            {
                nodes.Add(new TemplateNode.Literal(text));
                continue;
            }

            if (text.StartsWith("/*", StringComparison.Ordinal))
            {
                continue;
            }

            var (word, rest) = text.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var space ? (text[..space], text[space..].Trim()) : (text, string.Empty);
            switch (word)
            {
                case "end" or "else":
                    return (nodes, rest.Length == 0 ? word : throw new TemplateException($"this stand-in's templates know no '{text}'"));
                case "with" or "range" or "if":
                    nodes.Add(Block(word, rest));
                    break;
                default:
                    nodes.Add(new TemplateNode.Output(Pipeline(text)));
                    break;
            }
        }

        return (nodes, null);
    }

    private TemplateNode.Block Block(string kind, string rest)
    {
        string[] variables = [];
        if (rest.StartsWith('$') && rest.IndexOf(":=", StringComparison.Ordinal) is > 0 and var assign)
        {
            variables = rest[..assign].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            rest = rest[(assign + 2)..].Trim();
        }

        var pipeline = Pipeline(rest);
        var (body, ending) = Nodes();
        IReadOnlyList<TemplateNode> otherwise = [];
        if (ending == "else")
        {
            (otherwise, ending) = Nodes();
        }

        return ending == "end" ? new TemplateNode.Block(kind, variables, pipeline, body, otherwise) : throw new TemplateException($"'{kind}' does not end");
    }
}
