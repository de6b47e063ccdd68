using System.Text.Json;
using System.Text.Json.Serialization;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Tests.Crds;

/// <summary>What a widget should be.</summary>
public sealed class WidgetSpec
{
    /// <summary>The size in <c>millimetres</c>, see <see cref="Note"/> and <see cref="WidgetColour.DarkBlue"/>.</summary>
    [SchemaRequired]
    [SchemaRange(Min = 1, Max = 10)]
    [SchemaRule("self == oldSelf", "size cannot be changed")]
    public int? Size { get; set; }

    [SchemaPattern("^[a-z]+$")]
    [SchemaLength(Min = 2, Max = 5)]
    public string? Note { get; set; }

    /// <summary>The colour.</summary>
    public WidgetColour? Colour { get; set; }

    public bool? Enabled { get; set; }

    public long? Count { get; set; }

    public DateTimeOffset? Since { get; set; }

    public IntOrString? Port { get; set; }

    public IDictionary<string, ResourceQuantity>? Limits { get; set; }

    [SchemaLength(Max = 9)]
    [SchemaItems(Max = 3)]
    public IDictionary<string, string>? Labels { get; set; }

    [SchemaRange(Min = 1)]
    [SchemaItems(Min = 1, Max = 4)]
    public IList<int>? Numbers { get; set; }

    public WidgetPart[]? Parts { get; set; }

    [SchemaPreserveUnknownFields]
    public JsonElement? Anything { get; set; }

    [SchemaDefault("\"none\"")]
    [JsonPropertyName("other-name")]
    public string? Renamed { get; set; }

    [JsonIgnore]
    public string? Left { get; set; }

    public string ReadOnly => $"{Size} computed";
}
