using DotMac.Kubernetes.Entities;

namespace DotMac.Kubernetes.IntegrationTests.Guide;

[KubernetesEntity(Group = "example.com", ApiVersion = "v1", Kind = "Greeting", PluralName = "greetings")]
public sealed class Greeting : CustomKubernetesEntity<GreetingSpec, GreetingStatus>
{
    public Greeting() => (ApiVersion, Kind) = ("example.com/v1", "Greeting");
}
