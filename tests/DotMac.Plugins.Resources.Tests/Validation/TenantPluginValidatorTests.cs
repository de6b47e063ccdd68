using DotMac.Kubernetes.Models;
using DotMac.Plugins.Resources.Tests.Support;
using DotMac.Plugins.Resources.Validation;

namespace DotMac.Plugins.Resources.Tests.Validation;

public sealed class TenantPluginValidatorTests
{
    public static TheoryData<string, string> BadSpecs => new()
    {
        { """{"plugin":""}""", "/spec/plugin" },
        { """{"plugin":"Twilio"}""", "/spec/plugin" },
        { """{"plugin":"a\n"}""", "/spec/plugin" },
        { """{"plugin":"a","version":"v1"}""", "/spec/version" },
        { """{"plugin":"a","version":"1.0"}""", "/spec/version" },
        { """{"plugin":"a","replicas":-1}""", "/spec/replicas" },
        { """{"plugin":"a","replicas":101}""", "/spec/replicas" },
        { """{"plugin":"a","upgradePolicy":"Major"}""", "/spec/upgradePolicy" },
        { """{"plugin":"a","resources":{"requests":{"memory":"2Gi"},"limits":{"memory":"1Gi"}}}""", "/spec/resources/requests/memory" },
        { """{"plugin":"a","resources":{"limits":{"cpu":"-1"}}}""", "/spec/resources/limits/cpu" },
        { """{"plugin":"a","resources":{"limits":{"example.com/gpu":"1"}}}""", "/spec/resources/limits/example.com~1gpu" },
        { """{"plugin":"a","resources":{"requests":{"hugepages-2Mi":"2Mi"}}}""", "/spec/resources/requests/hugepages-2Mi" },
        { """{"plugin":"a","autoscaling":{}}""", "/spec/autoscaling/maxReplicas" },
        { """{"plugin":"a","autoscaling":{"minReplicas":0,"maxReplicas":3}}""", "/spec/autoscaling/minReplicas" },
        { """{"plugin":"a","autoscaling":{"minReplicas":3,"maxReplicas":2}}""", "/spec/autoscaling/maxReplicas" },
        { """{"plugin":"a","autoscaling":{"maxReplicas":101}}""", "/spec/autoscaling/maxReplicas" },
        { """{"plugin":"a","autoscaling":{"maxReplicas":2,"targetCpuPercent":0}}""", "/spec/autoscaling/targetCpuPercent" },
        { """{"plugin":"a","autoscaling":{"maxReplicas":2,"targetCpuPercent":101}}""", "/spec/autoscaling/targetCpuPercent" },
        { """{"plugin":"a","replicas":2,"autoscaling":{"maxReplicas":2}}""", "/spec/autoscaling" },
        { """{"plugin":"a","sandbox":{"runtimeClassName":"g visor"}}""", "/spec/sandbox/runtimeClassName" },
        { """{"plugin":"a","sandbox":{"egress":[{"host":"ok.example"},{"host":"https://api.example.com"}]}}""", "/spec/sandbox/egress/1/host" },
        { """{"plugin":"a","sandbox":{"egress":[{"host":"*"}]}}""", "/spec/sandbox/egress/0/host" },
        { """{"plugin":"a","sandbox":{"egress":[{"host":"10.0.0.1/8"}]}}""", "/spec/sandbox/egress/0/host" },
        { """{"plugin":"a","sandbox":{"egress":[{"host":"10.0.0.0/8","protocol":"SCTP"}]}}""", "/spec/sandbox/egress/0/protocol" },
        { """{"plugin":"a","sandbox":{"egress":[{}]}}""", "/spec/sandbox/egress/0/host" },
        { """{"plugin":"a","sandbox":{"egress":[{"host":"a.example","ports":[443,0]}]}}""", "/spec/sandbox/egress/0/ports/1" },
        { """{"plugin":"a","vault":{"role":"a/b"}}""", "/spec/vault/role" },
        { """{"plugin":"a","vault":{"authPath":"auth/../sys"}}""", "/spec/vault/authPath" },
        { """{"plugin":"a","vault":{"authPath":"/auth"}}""", "/spec/vault/authPath" },
        { """{"plugin":"a","callers":[{"serviceAccount":"x"}]}""", "/spec/callers/0/namespace" },
        { """{"plugin":"a","callers":[{"namespace":"*"}]}""", "/spec/callers/0/namespace" },
        { """{"plugin":"a","callers":[{"namespace":"a","serviceAccount":"X"}]}""", "/spec/callers/0/serviceAccount" },
        { """{"plugin":"a","ingress":{}}""", "/spec/ingress/host" },
        { """{"plugin":"a","ingress":{"host":"*.example.com"}}""", "/spec/ingress/host" },
        { """{"plugin":"a","ingress":{"host":"a.example","tlsSecretName":"X"}}""", "/spec/ingress/tlsSecretName" },
    };

    [Theory]
    [MemberData(nameof(BadSpecs))]
    public void Names_the_field(string spec, string pointer)
    {
        var plugin = Json.Read<TenantPlugin>($$$$"""{"metadata":{"name":"a"},"spec":{{{{spec}}}}}""");
        TenantPluginValidator.Validate(plugin).Select(error => error.Pointer).Should().Equal(pointer);
    }

    [Theory]
    [InlineData("""{"plugin":"twilio"}""")]
    [InlineData("""{"plugin":"twilio","autoscaling":{"minReplicas":2,"maxReplicas":2,"targetCpuPercent":100},"resources":{"limits":{"ephemeral-storage":"1Gi"}}}""")]
    [InlineData("""{"plugin":"twilio","version":"1.0.0-rc.1+b","replicas":0,"vault":{"role":"","authPath":""},"sandbox":{"egress":[{"host":"*.twilio.com"},{"host":"192.0.2.1","ports":[65535]},{"host":"10.0.0.0/8","protocol":"UDP"}]}}""")]
    public void Takes_what_is_right(string spec) =>
        TenantPluginValidator.Validate(Json.Read<TenantPlugin>($$$$"""{"metadata":{"name":"a"},"spec":{{{{spec}}}}}""")).Should().BeEmpty();

    [Theory]
    [InlineData(null)]
    [InlineData("1twilio")]
    [InlineData("a.b")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345")]
    public void The_name_must_do_for_a_Service(string? name)
    {
        var plugin = Make.Plugin();
        plugin.Metadata.Name = name;
        TenantPluginValidator.Validate(plugin).Should().ContainSingle().Which.Pointer.Should().Be("/metadata/name");
    }

    [Fact]
    public void Nothing_at_all_is_survived() =>
        TenantPluginValidator.Validate(new TenantPlugin { Metadata = null!, Spec = null! }).Select(error => error.Pointer)
            .Should().Equal("/metadata/name", "/spec");

    [Fact]
    public void Null_items_are_survived() =>
        TenantPluginValidator.Validate(Make.Plugin(spec =>
        {
            spec.Callers = [null!];
            spec.Sandbox = new SandboxSpec { Egress = [null!] };
            spec.Resources = new V1ResourceRequirements();
        })).Should().HaveCount(2);

    [Fact]
    public void The_plugin_cannot_be_changed()
    {
        TenantPluginValidator.ValidateUpdate(Make.Plugin(), Make.Plugin(spec => spec.Replicas = 2)).Should().BeEmpty();
        TenantPluginValidator.ValidateUpdate(Make.Plugin(), Make.Plugin(spec => spec.Plugin = "slack"))
            .Should().ContainSingle().Which.ToString().Should().Be("/spec/plugin: cannot be changed; delete this TenantPlugin and create another one");
    }

    [Fact]
    public void A_summary_names_the_first_and_counts_the_rest()
    {
        ValidationError[] errors = [new("/a", "is wrong"), new("/b", "is wrong"), new("/c", "is wrong")];
        errors.Summary(2).Should().Be("/a: is wrong; /b: is wrong; and 1 more");
        errors.Summary().Should().Be("/a: is wrong; /b: is wrong; /c: is wrong");
    }
}
