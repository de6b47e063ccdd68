using System.Text.Json.Nodes;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;

namespace DotMac.Operator.Tests.Desired;

public sealed class AutoscalerTests
{
    [Fact]
    public void It_scales_the_plugins_Deployment_between_the_numbers_of_the_spec()
    {
        var autoscaler = Given.Desired<V1HorizontalPodAutoscaler>(Given.Inputs("""{"plugin":"twilio","autoscaling":{"minReplicas":2,"maxReplicas":5,"targetCpuPercent":60}}"""));
        JsonNode.Parse(Given.Bytes(autoscaler))!["spec"]!.ToJsonString().Should().Be(
            """{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"twilio"},"minReplicas":2,"maxReplicas":5,"targetCPUUtilizationPercentage":60}""");
    }

    [Fact]
    public void What_the_spec_leaves_open_is_one_pod_and_four_fifths_of_the_CPU()
    {
        var spec = Given.Desired<V1HorizontalPodAutoscaler>(Given.Inputs("""{"plugin":"twilio","autoscaling":{"maxReplicas":5}}""")).Spec!;
        (spec.MinReplicas, spec.TargetCPUUtilizationPercentage).Should().Be((1, 80));
    }

    [Fact]
    public void While_it_is_there_the_Deployment_leaves_the_number_to_it()
    {
        var deployment = JsonNode.Parse(Given.Bytes(Given.Desired<V1Deployment>(Given.Inputs("""{"plugin":"twilio","autoscaling":{"maxReplicas":5}}"""))))!;
        deployment["spec"]!.AsObject().Should().NotContainKey("replicas");
    }

    [Fact]
    public void A_plugin_that_is_deactivated_has_none_and_runs_in_no_pod()
    {
        var desired = DesiredState.Of(Given.Inputs("""{"plugin":"twilio","enabled":false,"autoscaling":{"minReplicas":2,"maxReplicas":5}}"""));
        desired.OfType<V1HorizontalPodAutoscaler>().Should().BeEmpty();
        desired.OfType<V1Deployment>().Single().Spec!.Replicas.Should().Be(0);
    }
}
