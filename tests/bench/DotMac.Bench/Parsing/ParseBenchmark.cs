using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BenchmarkDotNet.Attributes;
using DotMac.Kubernetes.Serialization;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Serialization;

namespace DotMac.Bench.Parsing;

/// <summary>Part f: one watch event, from the bytes of the network to the object that is kept.</summary>
[MemoryDiagnoser]
public class ParseBenchmark
{
    private static readonly JsonTypeInfo<TenantPlugin> TypeInfo = KubernetesJson.Create(ResourcesJsonContext.Default).TypeInfo<TenantPlugin>();
    private static readonly byte[] Line = Encoding.UTF8.GetBytes(SampleEvent.Text);
    private static readonly ReadOnlySequence<byte> Sequence = new(Line);

    /// <summary>As the informers do it.</summary>
    [Benchmark]
    public object WatchReader() => Kubernetes.Client.WatchReader.Parse(Sequence, TypeInfo).Object;

    /// <summary>As it is done plainly: the line as a string, and everything in it as objects.</summary>
    [Benchmark(Baseline = true)]
    public object PlainDeserialize() => JsonSerializer.Deserialize<PlainEvent>(Encoding.UTF8.GetString(Line), JsonSerializerOptions.Web)!;
}
