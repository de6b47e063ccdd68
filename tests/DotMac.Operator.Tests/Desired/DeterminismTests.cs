using System.Text;
using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;
using FsCheck.Xunit;

namespace DotMac.Operator.Tests.Desired;

/// <summary>The same inputs become the same bytes: what was written is never written again.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 200)]
public sealed class DeterminismTests
{
    [Fact]
    public void The_same_inputs_become_the_same_bytes() =>
        Bytes(Samples.Everything()).Should().Be(Bytes(Samples.Everything()));

    [Property]
    public void The_order_of_a_configs_members_does_not_matter(RandomConfig config, int seed)
    {
        var inputs = Given.Inputs();
        Bytes(With(inputs, config.Shuffled(seed))).Should().Be(Bytes(With(inputs, config)));
    }

    [Property]
    public void The_config_arrives_as_it_was_written(RandomConfig config)
    {
        var text = DesiredConfigMap.Of(With(Given.Inputs(), config)).Data!["plugin.json"];
        System.Text.Json.JsonElement.DeepEquals(Given.Json(text), config.Element).Should().BeTrue("{0} is {1}", text, config);
    }

    [Fact]
    public void The_order_of_amounts_callers_and_references_does_not_matter_where_it_means_nothing()
    {
        var left = Given.Inputs(
            """{"plugin":"twilio","config":{"a":"${vault:x/k}","b":"${vault:y/k}","c":"${secret:m/k}","d":"${secret:n/k}"},"resources":{"limits":{"cpu":"1","memory":"1Gi"}}}""");
        var right = Given.Inputs(
            """{"plugin":"twilio","resources":{"limits":{"memory":"1Gi","cpu":"1"}},"config":{"d":"${secret:n/k}","c":"${secret:m/k}","b":"${vault:y/k}","a":"${vault:x/k}"}}""");
        Bytes(left).Should().Be(Bytes(right));
    }

    private static DesiredInputs With(DesiredInputs inputs, RandomConfig config) => inputs with { Effective = inputs.Effective with { Config = config.Element } };

    private static string Bytes(DesiredInputs inputs) => string.Join('\n', DesiredState.Of(inputs).Select(static o => Encoding.UTF8.GetString(Given.Bytes(o))));
}
