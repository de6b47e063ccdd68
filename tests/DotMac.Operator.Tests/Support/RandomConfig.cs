using System.Text.Json;
using System.Text.Json.Nodes;

namespace DotMac.Operator.Tests.Support;

/// <summary>A config as anybody might write it.</summary>
public sealed record RandomConfig(string Text)
{
    public JsonElement Element => JsonElement.Parse(Text);

    /// <summary>The same config, the members of every object in another order.</summary>
    public RandomConfig Shuffled(int seed) => new(Shuffle(JsonNode.Parse(Text), new Random(seed))!.ToJsonString());

    public override string ToString() => Text;

    private static JsonNode? Shuffle(JsonNode? node, Random random) => node switch
    {
#pragma warning disable CA5394 // Order, not secrets.
        JsonObject map => new JsonObject(map.OrderBy(_ => random.Next()).Select(p => KeyValuePair.Create(p.Key, Shuffle(p.Value, random)))),
#pragma warning restore CA5394
        JsonArray list => new JsonArray([.. list.Select(item => Shuffle(item, random))]),
        _ => node?.DeepClone(),
    };
}
