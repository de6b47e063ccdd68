using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace DotMac.Plugins.Resources.Serialization;

/// <summary>JSON as YAML, for people and for files in Git. What YAML would read as something else is quoted. Pure.</summary>
public static class JsonYaml
{
    private static readonly ISerializer Serializer = new SerializerBuilder().WithQuotingNecessaryStrings(quoteYaml1_1Strings: true).WithIndentedSequences().Build();

    /// <summary>Writes a document. Members that are null are left out.</summary>
    /// <param name="document">What is written.</param>
    public static string Write(JsonObject document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Serializer.Serialize(Plain(document)!);
    }

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject map => map.Where(static member => member.Value is not null).ToDictionary(static member => member.Key, static member => Plain(member.Value)),
        JsonArray list => list.Select(Plain).ToList(),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => Number(value),
            _ => value.GetValue<string>(),
        },
        _ => null,
    };

    private static object Number(JsonValue value)
    {
        var text = value.ToJsonString();
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
            : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
