using DotMac.Kubernetes.Models;
using DotMac.Operator.Configuration;
using DotMac.Operator.Images;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;

namespace DotMac.Operator.Tests.Images;

public sealed class ImageRegistryTests
{
    private const string Digest = "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("ghcr.io/dotmac/x:1", "ghcr.io", "dotmac/x", ":1")]
    [InlineData("ghcr.io/dotmac/x:1" + Digest, "ghcr.io", "dotmac/x", ":1" + Digest)]
    [InlineData("ghcr.io/dotmac/x" + Digest, "ghcr.io", "dotmac/x", Digest)]
    [InlineData("localhost/x:1", "localhost", "x", ":1")]
    [InlineData("localhost:5000/a/b/x:1", "localhost:5000", "a/b/x", ":1")]
    [InlineData("REGISTRY/x:1", "REGISTRY", "x", ":1")]
    [InlineData("nginx", "docker.io", "library/nginx", "")]
    [InlineData("nginx:1.25", "docker.io", "library/nginx", ":1.25")]
    [InlineData("docker.io/nginx:1.25", "docker.io", "library/nginx", ":1.25")]
    [InlineData("index.docker.io/library/nginx:1.25", "docker.io", "library/nginx", ":1.25")]
    [InlineData("hashicorp/vault:1.21", "docker.io", "hashicorp/vault", ":1.21")]
    public void An_image_is_taken_apart_as_container_runtimes_do(string image, string registry, string repository, string suffix) =>
        ImageReference.Parse(image).Should().Be(new ImageReference(registry, repository, suffix));

    [Theory]
    [InlineData("registry.local", "ghcr.io/dotmac/x:1", "registry.local/dotmac/x:1")]
    [InlineData("registry.local:5000/mirror", "ghcr.io/dotmac/x:1" + Digest, "registry.local:5000/mirror/dotmac/x:1" + Digest)]
    [InlineData("registry.local", "nginx", "registry.local/library/nginx")]
    [InlineData("registry.local", "hashicorp/vault:1.21", "registry.local/hashicorp/vault:1.21")]
    [InlineData("registry.local/mirror", "registry.local/mirror/dotmac/x:1", "registry.local/mirror/dotmac/x:1")]
    [InlineData("registry.local", "registry.local.example/dotmac/x:1", "registry.local/dotmac/x:1")]
    [InlineData(null, "nginx", "nginx")]
    public void Another_registry_holds_it_under_the_same_path(string? registry, string image, string expected)
    {
        var rewritten = ImageRegistry.Rewrite(registry, image);
        rewritten.Should().Be(expected);
        ImageRegistry.Rewrite(registry, rewritten).Should().Be(expected, "what is there already stays");
    }

    [Theory]
    [InlineData("registry.local", true)]
    [InlineData("registry.local:5000/a/b-c", true)]
    [InlineData("10.0.0.1:5000", true)]
    [InlineData("https://registry.local", false)]
    [InlineData("registry.local/", false)]
    [InlineData("registry.local:x", false)]
    [InlineData("registry local", false)]
    [InlineData("registry.local\n", false)]
    public void A_registry_is_a_host_with_a_port_and_a_path(string text, bool isOne) => ImageRegistry.IsRegistry(text).Should().Be(isOne);

    [Fact]
    public void The_agents_image_comes_from_there_too()
    {
        var options = new OperatorOptions { ImageRegistry = "registry.local", Vault = new VaultOptions { Injection = VaultInjection.Sidecar } };
        var pod = Given.Desired<V1Deployment>(Given.Inputs("""{"plugin":"twilio","config":{"a":"${vault:p/k}"}}""", options: options)).Spec!.Template!.Spec!;
        pod.InitContainers!.Single().Image.Should().Be("registry.local/hashicorp/vault:1.21");
    }
}
