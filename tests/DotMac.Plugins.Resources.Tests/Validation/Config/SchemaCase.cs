using System.Text.Json.Nodes;

namespace DotMac.Plugins.Resources.Tests.Validation.Config;

/// <summary>A schema and a config.</summary>
public sealed class SchemaCase(JsonObject schema, JsonNode? config)
{
    public string Schema { get; } = schema.ToJsonString();

    public string Config { get; } = config?.ToJsonString() ?? "null";

    public override string ToString() => $"{Schema}\n{Config}";
}
