using DotMac.Kubernetes.Models;
using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;

namespace DotMac.Operator.Tests.Desired;

public sealed class IngressTests
{
    [Fact]
    public void Only_webhooks_are_exposed()
    {
        var ingress = Given.Desired<V1Ingress>(Samples.Everything()).Spec!;
        var path = ingress.Rules.Should().ContainSingle().Subject.Http!.Paths.Should().ContainSingle().Subject;
        path.Path.Should().Be("/v1/webhooks/");
        path.PathType.Should().Be("Prefix");
        path.Backend!.Service.Should().BeEquivalentTo(new { Name = "twilio", Port = new { Name = "http" } });
        ingress.IngressClassName.Should().Be("nginx");
        ingress.Tls.Should().ContainSingle().Which.SecretName.Should().Be("hooks");
    }

    [Fact]
    public void A_class_and_a_certificate_are_optional()
    {
        var ingress = Given.Desired<V1Ingress>(Given.Inputs("""{"plugin":"twilio","ingress":{"host":"hooks.example.com","className":"","tlsSecretName":""}}""")).Spec!;
        ingress.IngressClassName.Should().BeNull();
        ingress.Tls.Should().BeNull();
    }

    [Fact]
    public void Without_a_host_there_is_none() =>
        DesiredState.Of(Given.Inputs()).OfType<V1Ingress>().Should().BeEmpty();

    [Theory]
    [InlineData("hooks", "https://hooks.example.com/v1/webhooks/")]
    [InlineData("", "http://hooks.example.com/v1/webhooks/")]
    public void The_plugin_is_told_where_vendors_reach_it(string tlsSecret, string expected)
    {
        var deployment = Given.Desired<V1Deployment>(Given.Inputs($$$"""{"plugin":"twilio","ingress":{"host":"hooks.example.com","tlsSecretName":"{{{tlsSecret}}}"}}"""));
        deployment.Spec!.Template!.Spec!.Containers!.Single().Env!.Single(static e => e.Name == "DOTMAC_PUBLIC_URL").Value.Should().Be(expected);
    }
}
