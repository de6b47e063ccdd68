using DotMac.Kubernetes.Models;
using DotMac.Operator.Images;
using DotMac.Operator.Reconciliation;
using DotMac.Operator.Tests.Support;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Tenants;

namespace DotMac.Operator.Tests.Images;

public sealed class PullSecretsTests
{
    [Fact]
    public void Those_of_every_tenant_come_before_the_tenants_own_and_each_once() =>
        PullSecrets.Of(["shared", "other"], Namespace("own, shared ,,another.one")).Should().Equal("shared", "other", "own", "another.one");

    [Fact]
    public void Without_an_annotation_there_are_no_further_ones()
    {
        PullSecrets.Of(["shared"], Given.NamespaceOf()).Should().Equal("shared");
        PullSecrets.Of([], null).Should().BeEmpty();
    }

    [Theory]
    [InlineData("a,B", "B")]
    [InlineData("../other", "../other")]
    [InlineData("a\nb", "a\nb")]
    [InlineData("a,b", null)]
    public void What_is_no_name_is_named_and_left_out(string list, string? mistake)
    {
        PullSecrets.Mistake(Namespace(list)).Should().Be(mistake);
        PullSecrets.Of([], Namespace(list)).Should().BeSubsetOf(["a", "b"]);
    }

    [Fact]
    public void A_mistake_is_told_to_who_can_correct_it_and_nothing_is_rolled_out()
    {
        var verdict = Evaluator.Of(Given.Plugin(), Namespace("a,Not A Name"), Given.Definition()).Config;
        verdict.Reason.Should().Be("TenantInvalid");
        verdict.Message.Should().Contain("tenant-acme").And.Contain("plugins.dotmac.io/image-pull-secrets").And.Contain("'Not A Name'").And.Contain("platform administrator");
    }

    [Fact]
    public void The_cache_of_namespaces_keeps_the_annotation_and_nothing_else_of_them()
    {
        var ns = Namespace("own");
        ns.Metadata.Annotations!["example.com/note"] = "long";
        TenantNamespace.Slim(ns).Metadata.Annotations.Should().BeEquivalentTo(new Dictionary<string, string> { [Annotations.ImagePullSecrets] = "own" });
        TenantNamespace.Slim(Given.NamespaceOf()).Metadata.Annotations.Should().BeNull();
        TenantNamespace.MeansTheSame(Namespace("a"), Namespace("b")).Should().BeFalse();
        TenantNamespace.MeansTheSame(Namespace("a"), Namespace("a")).Should().BeTrue();
    }

    [Fact]
    public void The_pods_name_them()
    {
        var pod = Given.Desired<V1Deployment>(Given.Inputs() with { PullSecrets = ["one", "two"] }).Spec!.Template!.Spec!;
        pod.ImagePullSecrets!.Select(static s => s.Name).Should().Equal("one", "two");
        Given.Desired<V1Deployment>(Given.Inputs()).Spec!.Template!.Spec!.ImagePullSecrets.Should().BeNull();
    }

    private static V1Namespace Namespace(string annotation)
    {
        var ns = Given.NamespaceOf();
        ns.Metadata.Annotations = new Dictionary<string, string> { [Annotations.ImagePullSecrets] = annotation };
        return ns;
    }
}
