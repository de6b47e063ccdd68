using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DotMac.StandIns.Vault.Hcl;

/// <summary>
/// Reads as much of HCL 1 as policies and the agent's configuration use, or JSON in its place, into the JSON that HCL stands for: a block
/// <c>path "a" { x = 1 }</c> is <c>{"path":[{"a":[{"x":1}]}]}</c>. Left out: interpolation.
/// </summary>
internal sealed class HclReader
{
    private readonly string _text;
    private int _at;

    private HclReader(string text) => _text = text;

    /// <summary>Reads a document.</summary>
    /// <exception cref="HclException">It is neither HCL nor JSON.</exception>
    public static JsonObject Read(string text)
    {
        if (text.TrimStart().StartsWith('{'))
        {
            try
            {
                return JsonNode.Parse(text) as JsonObject ?? throw new HclException("not an object");
            }
            catch (JsonException e)
            {
                throw new HclException($"line {(e.LineNumber ?? 0) + 1}: not JSON");
            }
        }

        var reader = new HclReader(text);
        var document = reader.Body(closing: '\0');
        return document;
    }

    /// <summary>The objects that a node stands for: blocks may be one object, an array of them, or arrays of arrays.</summary>
    public static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject one => [one],
        JsonArray many => many.SelectMany(Objects),
        _ => [],
    };

    private JsonObject Body(char closing)
    {
        var body = new JsonObject();
        while (true)
        {
            SkipBlanks(commasToo: true);
            if (_at >= _text.Length)
            {
                return closing == '\0' ? body : throw Error($"'{closing}' is missing");
            }

            if (closing != '\0' && _text[_at] == closing)
            {
                _at++;
                return body;
            }

            Item(body);
        }
    }

    private void Item(JsonObject body)
    {
        var keys = new List<string> { Key() };
        while (true)
        {
            SkipBlanks(commasToo: false);
            var next = _at < _text.Length ? _text[_at] : throw Error($"'{keys[^1]}' is followed by nothing");
            if (next is '=' or ':')
            {
                _at++;
                var value = Value();
                if (keys.Count != 1)
                {
                    throw Error("one key alone may be given a value");
                }

                body[keys[0]] = body[keys[0]] is { } earlier ? Joined(earlier, value) : value;
                return;
            }

            if (next == '{')
            {
                _at++;
                JsonNode block = Body('}');
                for (var i = keys.Count - 1; i > 0; i--)
                {
                    block = new JsonObject { [keys[i]] = new JsonArray(block) };
                }

                body[keys[0]] = body[keys[0]] is { } earlier ? Joined(earlier, block) : new JsonArray(block);
                return;
            }

            keys.Add(Key());
        }
    }

    private static JsonArray Joined(JsonNode earlier, JsonNode? later)
    {
        var all = earlier is JsonArray array ? (JsonArray)array.DeepClone() : new JsonArray(earlier.DeepClone());
        all.Add(later);
        return all;
    }

    private string Key()
    {
        if (_text[_at] == '"')
        {
            return Quoted();
        }

        var from = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-' or '.'))
        {
            _at++;
        }

        return _at > from ? _text[from.._at] : throw Error($"'{_text[_at]}' where a name should be");
    }

    private JsonNode? Value()
    {
        SkipBlanks(commasToo: false);
        if (_at >= _text.Length)
        {
            throw Error("a value is missing");
        }

        switch (_text[_at])
        {
            case '"':
                return JsonValue.Create(Quoted());
            case '<':
                return JsonValue.Create(HereDocument());
            case '{':
                _at++;
                return Body('}');
            case '[':
                _at++;
                return List();
            default:
                return Word();
        }
    }

    private JsonArray List()
    {
        var list = new JsonArray();
        while (true)
        {
            SkipBlanks(commasToo: true);
            if (_at >= _text.Length)
            {
                throw Error("']' is missing");
            }

            if (_text[_at] == ']')
            {
                _at++;
                return list;
            }

            list.Add(Value());
        }
    }

    private JsonValue Word()
    {
        var from = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '.' or '-' or '+' or '_'))
        {
            _at++;
        }

        var word = _text[from.._at];
        return word switch
        {
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ when long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            _ => throw Error($"'{(word.Length > 0 ? word : _at < _text.Length ? _text[_at].ToString() : string.Empty)}' where a value should be"),
        };
    }

    private string Quoted()
    {
        var value = new StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            switch (_text[_at])
            {
                case '"':
                    _at++;
                    return value.ToString();
                case '\n':
                    throw Error("a text ends with its line");
                case '\\' when _at + 1 < _text.Length:
                    _at++;
                    value.Append(_text[_at] switch
                    {
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        '"' => '"',
                        '\\' => '\\',
                        var other => throw Error($"the escape \\{other} is not known"),
                    });
                    break;
                case var c:
                    value.Append(c);
                    break;
            }
        }

        throw Error("a text does not end");
    }

    private string HereDocument()
    {
        var indented = _text.AsSpan(_at).StartsWith("<<-", StringComparison.Ordinal);
        if (!indented && !_text.AsSpan(_at).StartsWith("<<", StringComparison.Ordinal))
        {
            throw Error("'<' where a value should be");
        }

        _at += indented ? 3 : 2;
        var endOfLine = _text.IndexOf('\n', _at);
        var marker = endOfLine < 0 ? throw Error("a here document does not begin") : _text[_at..endOfLine].Trim();
        _at = endOfLine + 1;
        var lines = new List<string>();
        while (_at < _text.Length)
        {
            endOfLine = _text.IndexOf('\n', _at);
            var line = endOfLine < 0 ? _text[_at..] : _text[_at..endOfLine];
            _at = endOfLine < 0 ? _text.Length : endOfLine + 1;
            if (line.Trim() == marker)
            {
                var cut = indented && lines.Count > 0 ? lines.Where(static l => l.Trim().Length > 0).Select(static l => l.Length - l.TrimStart().Length).DefaultIfEmpty().Min() : 0;
                return string.Concat(lines.Select(l => (l.Length >= cut ? l[cut..] : string.Empty) + "\n"));
            }

            lines.Add(line);
        }

        throw Error($"the here document does not end with {marker}");
    }

    private void SkipBlanks(bool commasToo)
    {
        while (_at < _text.Length)
        {
            var rest = _text.AsSpan(_at);
            if (char.IsWhiteSpace(rest[0]) || (commasToo && rest[0] == ','))
            {
                _at++;
            }
            else if (rest[0] == '#' || rest.StartsWith("//", StringComparison.Ordinal))
            {
                var end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end + 1;
            }
            else if (rest.StartsWith("/*", StringComparison.Ordinal))
            {
                var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                _at = end < 0 ? throw Error("a comment does not end") : end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private HclException Error(string what) => new($"line {_text.AsSpan(0, Math.Min(_at, _text.Length)).Count('\n') + 1}: {what}");
}
