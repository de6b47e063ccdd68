using System.Text.Json;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Kubernetes.Tests.Serialization;

public sealed class SecretKeysTests
{
    private static System.Text.Json.Serialization.Metadata.JsonTypeInfo<V1Secret> Info => KubernetesJson.Default.TypeInfo<V1Secret>();

    [Fact]
    public void Of_a_secret_only_the_names_of_its_keys_are_read_and_none_is_ever_written()
    {
        var secret = JsonSerializer.Deserialize("""{"metadata":{"name":"s"},"data":{"password":"aHVudGVyMg==","user":"bWU="}}""", Info)!;

        secret.Keys.Should().Equal("password", "user");
        var write = () => JsonSerializer.Serialize(secret, Info);
        write.Should().Throw<NotSupportedException>();
        JsonSerializer.Deserialize("""{"metadata":{},"data":null}""", Info)!.Keys.Should().BeNull();
    }
}
