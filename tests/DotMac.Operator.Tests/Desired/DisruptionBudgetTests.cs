using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;

namespace DotMac.Operator.Tests.Desired;

public sealed class DisruptionBudgetTests
{
    [Theory]
    [InlineData("""{"plugin":"twilio"}""", false)]
    [InlineData("""{"plugin":"twilio","replicas":0}""", false)]
    [InlineData("""{"plugin":"twilio","replicas":2}""", true)]
    [InlineData("""{"plugin":"twilio","replicas":2,"enabled":false}""", true)]
    [InlineData("""{"plugin":"twilio","autoscaling":{"maxReplicas":1}}""", false)]
    [InlineData("""{"plugin":"twilio","autoscaling":{"maxReplicas":2}}""", true)]
    public void There_is_one_where_there_may_be_several_pods(string spec, bool isThere) =>
        DesiredState.Of(Given.Inputs(spec)).OfType<V1PodDisruptionBudget>().Any().Should().Be(isThere);

    [Fact]
    public void One_pod_at_a_time_may_go()
    {
        var inputs = Given.Inputs("""{"plugin":"twilio","replicas":3}""");
        var budget = Given.Desired<V1PodDisruptionBudget>(inputs).Spec!;
        budget.MaxUnavailable.Should().Be((IntOrString)1);
        budget.Selector.Should().BeEquivalentTo(Given.Desired<V1Deployment>(inputs).Spec!.Selector);
    }

    [Fact]
    public void It_is_of_the_version_that_the_cluster_serves()
    {
        var inputs = Given.Inputs("""{"plugin":"twilio","replicas":3}""");
        var old = DesiredState.Of(inputs with { DisruptionBudget = EntityType.Of<V1beta1PodDisruptionBudget>() });
        old.OfType<V1beta1PodDisruptionBudget>().Single().ApiVersion.Should().Be("policy/v1beta1");
        old.OfType<V1PodDisruptionBudget>().Should().BeEmpty();
        DesiredState.Of(inputs with { DisruptionBudget = null }).Select(static o => o.Kind).Should().NotContain("PodDisruptionBudget");
    }
}
