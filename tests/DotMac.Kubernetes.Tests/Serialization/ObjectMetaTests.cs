using System.Text.Json;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Tests.Serialization;

public sealed class ObjectMetaTests
{
    private const string Full = """
        {
          "name": "web", "generateName": "w-", "namespace": "tenant-a", "uid": "1-2-3", "resourceVersion": "42", "generation": 7,
          "creationTimestamp": "2025-01-02T03:04:05Z", "deletionTimestamp": "2025-01-02T03:04:06Z", "deletionGracePeriodSeconds": 30,
          "labels": { "app": "web", "ünïcödé": "\u0041\"" }, "annotations": { "note": "a\nb", "empty": "" },
          "finalizers": [ "x/one", "x/two" ],
          "ownerReferences": [ { "apiVersion": "v1", "kind": "ConfigMap", "name": "o", "uid": "u", "controller": true, "blockOwnerDeletion": false } ],
          "managedFields": [ { "manager": "kubectl", "fieldsV1": { "f:data": { ".": {}, "f:key": [1, {"deep": []}] } } } ],
          "selfLink": "/api/v1/x", "somethingNew": { "a": [ { } ] }
        }
        """;

    [Fact]
    public void Everything_is_read_but_managed_fields_and_what_is_not_known()
    {
        var meta = Read(Full);

        meta.Should().BeEquivalentTo(new V1ObjectMeta
        {
            Name = "web",
            GenerateName = "w-",
            Namespace = "tenant-a",
            Uid = "1-2-3",
            ResourceVersion = "42",
            Generation = 7,
            CreationTimestamp = new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero),
            DeletionTimestamp = new DateTimeOffset(2025, 1, 2, 3, 4, 6, TimeSpan.Zero),
            DeletionGracePeriodSeconds = 30,
            Labels = new Dictionary<string, string> { ["app"] = "web", ["ünïcödé"] = "A\"" },
            Annotations = new Dictionary<string, string> { ["note"] = "a\nb", ["empty"] = string.Empty },
            Finalizers = ["x/one", "x/two"],
            OwnerReferences =
            [
                new V1OwnerReference { ApiVersion = "v1", Kind = "ConfigMap", Name = "o", Uid = "u", Controller = true, BlockOwnerDeletion = false },
            ],
        });
        Write(meta).Should().NotContain("managedFields").And.NotContain("somethingNew");
        Read(Write(meta)).Should().BeEquivalentTo(meta);
    }

    [Fact]
    public void What_is_not_set_is_not_written()
    {
        Write(new V1ObjectMeta { Name = "a" }).Should().Be("""{"name":"a"}""");
        Read("""{"labels":null,"annotations":null,"finalizers":null,"namespace":null,"creationTimestamp":null}""")
            .Should().BeEquivalentTo(new V1ObjectMeta());
    }

    [Fact]
    public void What_many_objects_repeat_is_one_string()
    {
        var (first, second) = (Read(Full), Read(Full));

        first.Namespace.Should().BeSameAs(second.Namespace);
        first.Labels!.Keys.First().Should().BeSameAs(second.Labels!.Keys.First());
        first.Labels["app"].Should().BeSameAs(second.Labels["app"]);
        first.Annotations!.Keys.First().Should().BeSameAs(second.Annotations!.Keys.First());
        first.Finalizers![0].Should().BeSameAs(second.Finalizers![0]);
        first.OwnerReferences![0].Kind.Should().BeSameAs(second.OwnerReferences![0].Kind);
    }

    [Theory]
    [InlineData("""{"labels":{"a":1}}""")]
    [InlineData("""{"labels":["a"]}""")]
    [InlineData("""{"annotations":"a"}""")]
    [InlineData("""{"finalizers":{"a":"b"}}""")]
    [InlineData("""{"finalizers":[1]}""")]
    [InlineData("""{"namespace":1}""")]
    public void What_has_the_wrong_form_is_refused_as_json(string json)
    {
        var read = () => Read(json);
        read.Should().Throw<JsonException>();
    }

    private static V1ObjectMeta Read(string json) => JsonSerializer.Deserialize(json, KubernetesJson.Default.TypeInfo<V1ObjectMeta>())!;

    private static string Write(V1ObjectMeta meta) => JsonSerializer.Serialize(meta, KubernetesJson.Default.TypeInfo<V1ObjectMeta>());
}
