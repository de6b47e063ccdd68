using System.Text;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Health;
using DotMac.Operator.Tests.Support;

namespace DotMac.Operator.Tests.Health;

public sealed class PluginPodsTests
{
    [Fact]
    public void A_pod_belongs_to_the_plugin_whose_identity_it_has() => PluginPods.PluginOf(Pods.Ready()).Should().Be(new ObjectKey(Given.Namespace, "twilio"));

    [Fact]
    public void A_pod_without_an_identity_belongs_to_none()
    {
        PluginPods.PluginOf(new V1Pod()).Should().BeNull();
        PluginPods.PluginOf(new V1Pod { Spec = new V1PodSpec { ServiceAccountName = "" } }).Should().BeNull();
        PluginPods.Index(new V1Pod()).Should().BeEmpty();
    }

    [Fact]
    public void What_is_kept_of_a_pod_is_enough_to_judge_it_and_no_more()
    {
        var pod = Pods.Ready(restarts: 2, imageId: "x@sha256:1").Injected().Leaving();
        pod.Metadata.Annotations!["large"] = new string('x', 10_000);
        pod.Metadata.Labels = new Dictionary<string, string> { ["app"] = "x" };
        pod.Spec!.NodeName = "node-1";
        pod.Spec.Containers = [new V1Container { Name = "plugin", Env = [new V1EnvVar { Name = "PASSWORD", Value = "canary" }] }];
        var slim = PluginPods.Slim(pod);

        PluginPods.PluginOf(slim).Should().Be(PluginPods.PluginOf(pod));
        slim.Metadata.Should().BeEquivalentTo(new { pod.Metadata.Name, pod.Metadata.Uid, pod.Metadata.ResourceVersion, pod.Metadata.DeletionTimestamp });
        slim.Metadata.Annotations.Should().Equal(new Dictionary<string, string> { [PluginPods.InjectStatus] = "injected" });
        slim.Spec!.NodeName.Should().Be("node-1");
        slim.Status.Should().BeSameAs(pod.Status);
        var text = Encoding.UTF8.GetString(Given.Bytes(slim));
        text.Should().NotContain("canary").And.NotContain("xxxx");
    }
}
