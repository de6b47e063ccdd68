using System.Text.Json;
using DotMac.Kubernetes.Crds;
using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.Tests.Crds;

// Each has one thing that cannot stand in a structural schema.
public abstract class BadEntity<TSpec> : CustomKubernetesEntity<TSpec, WidgetStatus>
    where TSpec : class, new();

[KubernetesEntity(Group = "tests", ApiVersion = "v1", Kind = "Bad", PluralName = "bads")]
public sealed class FloatEntity : BadEntity<FloatEntity.Content>
{
    public sealed class Content
    {
        public double? Ratio { get; set; }
    }
}

[KubernetesEntity(Group = "tests", ApiVersion = "v1", Kind = "Bad", PluralName = "bads")]
public sealed class RecursiveEntity : BadEntity<RecursiveEntity.Content>
{
    public sealed class Content
    {
        public IList<Node>? Children { get; set; }
    }

    public sealed class Node
    {
        public IList<Node>? Children { get; set; }
    }
}

[KubernetesEntity(Group = "tests", ApiVersion = "v1", Kind = "Bad", PluralName = "bads")]
public sealed class OpaqueEntity : BadEntity<OpaqueEntity.Content>
{
    public sealed class Content
    {
        public JsonElement? Anything { get; set; }
    }
}

[KubernetesEntity(Group = "tests", ApiVersion = "v1", Kind = "Bad", PluralName = "bads")]
public sealed class ObjectEntity : BadEntity<ObjectEntity.Content>
{
    public sealed class Content
    {
        public object? Anything { get; set; }
    }
}

[KubernetesEntity(Group = "tests", ApiVersion = "v1", Kind = "Bad", PluralName = "bads")]
public sealed class MisplacedPatternEntity : BadEntity<MisplacedPatternEntity.Content>
{
    public sealed class Content
    {
        [SchemaPattern("^1$")]
        public int? Count { get; set; }
    }
}

[KubernetesEntity(Group = "tests", ApiVersion = "v1", Kind = "Bad", PluralName = "bads")]
public sealed class BadPatternEntity : BadEntity<BadPatternEntity.Content>
{
    public sealed class Content
    {
        [SchemaPattern("^(?!a)b$")]
        public string? Name { get; set; }
    }
}

[KubernetesEntity(Group = "tests", ApiVersion = "v1", Kind = "Bad", PluralName = "bads")]
public sealed class KeylessListEntity : BadEntity<KeylessListEntity.Content>
{
    public sealed class Content
    {
        [SchemaListMap("colour")]
        public IList<WidgetPart>? Parts { get; set; }
    }
}

[KubernetesEntity(Group = "tests", ApiVersion = "v1", Kind = "Bad", PluralName = "bads")]
public sealed class BadDefaultEntity : BadEntity<BadDefaultEntity.Content>
{
    public sealed class Content
    {
        [SchemaDefault("none")]
        public string? Name { get; set; }
    }
}

[KubernetesEntity(Group = "tests", ApiVersion = "v1", Kind = "Bad", PluralName = "bads")]
public sealed class IntegerKeysEntity : BadEntity<IntegerKeysEntity.Content>
{
    public sealed class Content
    {
        public IDictionary<int, string>? Names { get; set; }
    }
}

[KubernetesEntity(Group = "tests", ApiVersion = "v1", Kind = "Bad", PluralName = "bads")]
[PrinterColumn("X", ".spec.x", "text")]
public sealed class BadColumnEntity : BadEntity<WidgetSpec>;
