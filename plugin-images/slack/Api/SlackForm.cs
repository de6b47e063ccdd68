using System.Globalization;
using System.Text.Json;

namespace DotMac.Plugins.Slack.Api;

/// <summary>The arguments of a method, as a form: what is structured goes as JSON in a string. What is null is left out.</summary>
internal sealed class SlackForm
{
    private readonly List<KeyValuePair<string, string>> _fields = [];

    /// <summary>The arguments, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields => _fields;

    /// <summary>Adds a text.</summary>
    public SlackForm Add(string name, string? value)
    {
        if (value is not null)
        {
            _fields.Add(new(name, value));
        }

        return this;
    }

    /// <summary>Adds a number.</summary>
    public SlackForm Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a yes or no.</summary>
    public SlackForm Add(string name, bool? value) => Add(name, value is null ? null : value.Value ? "true" : "false");

    /// <summary>Adds an array, as JSON.</summary>
    public SlackForm Add(string name, IReadOnlyList<JsonElement>? value) =>
        Add(name, value is null ? null : $"[{string.Join(',', value.Select(static item => item.GetRawText()))}]");
}
