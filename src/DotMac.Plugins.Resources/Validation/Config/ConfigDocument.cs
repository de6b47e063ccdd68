using System.Text.Json;
using DotMac.Plugins.Contract.References;
using Newtonsoft.Json.Linq;

namespace DotMac.Plugins.Resources.Validation.Config;

/// <summary>A config as tokens of the schema library, and which of its strings are not known yet.</summary>
internal sealed class ConfigDocument
{
    private readonly HashSet<JToken> _unresolved = new(ReferenceEqualityComparer.Instance);

    private ConfigDocument(JsonElement config) => Root = JsonTokens.Of(config, Text);

    /// <summary>The config.</summary>
    public JToken Root { get; }

    /// <summary>Reads a config.</summary>
    public static ConfigDocument Of(JsonElement config) => new(config);

    /// <summary>Whether the token is a string that holds a reference, so that nothing can be said about its value.</summary>
    public bool IsUnresolved(JToken? token) => token is not null && _unresolved.Contains(token);

    /// <summary>Whether such a string is the token or anywhere below it.</summary>
    public bool HoldsUnresolved(JToken? token) =>
        IsUnresolved(token) || (token is JContainer container && container.Descendants().Any(_unresolved.Contains));

    private JValue Text(string text)
    {
        var value = new JValue(text);
        if (!ConfigTemplate.TryParse(text, out var template, out _) || template.HasReferences)
        {
            _unresolved.Add(value);
            return value;
        }

        // "$${" is written for "${"; what counts is what the plugin will read.
        value.Value = template.Render(static _ => string.Empty);
        return value;
    }
}
