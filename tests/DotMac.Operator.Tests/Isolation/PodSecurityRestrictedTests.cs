using System.Text.Json.Nodes;
using DotMac.Kubernetes.Models;
using DotMac.Operator.Configuration;
using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;

namespace DotMac.Operator.Tests.Isolation;

/// <summary>Every pod that a spec can become keeps to the <c>restricted</c> profile; and the judge itself can tell.</summary>
public sealed class PodSecurityRestrictedTests
{
    [Theory]
    [InlineData("Injector", "Reload", true)]
    [InlineData("Injector", "Restart", false)]
    [InlineData("Sidecar", "Reload", true)]
    [InlineData("Sidecar", "Restart", true)]
    [InlineData("Sidecar", "None", false)]
    [InlineData("None", "Reload", true)]
    public void Whoever_injects_secrets(string injection, string rotation, bool sandbox)
    {
        var inputs = Given.Inputs(
            $$$$"""
            {
              "plugin": "twilio", "replicas": 3, "rotation": "{{{{rotation}}}}",
              "config": { "a": "${vault:twilio/token}", "b": "${secret:own/key}" },
              "vault": { "injection": "{{{{injection}}}}" },
              "sandbox": { "enabled": {{{{(sandbox ? "true" : "false")}}}}, "runtimeClassName": "gvisor" }
            }
            """,
            options: new OperatorOptions { PluginPriorityClass = "plugins", Vault = new VaultOptions { TlsSecret = "vault-ca", Namespace = "team/a" } });
        PodSecurityRestricted.Violations(Template(inputs)).Should().BeEmpty();
    }

    [Fact]
    public void The_samples()
    {
        foreach (var inputs in new[] { Samples.Minimal(), Samples.Everything(), Samples.Vault(), Samples.VaultSidecar(), Samples.SandboxOff() })
        {
            PodSecurityRestricted.Violations(Template(inputs)).Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData("""{"spec":{"hostNetwork":true}}""", "spec.hostNetwork")]
    [InlineData("""{"spec":{"hostPID":true}}""", "spec.hostPID")]
    [InlineData("""{"spec":{"securityContext":{"runAsUser":0}}}""", "spec.securityContext.runAsUser")]
    [InlineData("""{"spec":{"securityContext":{"seccompProfile":{"type":"Unconfined"}}}}""", "spec.securityContext.seccompProfile.type")]
    [InlineData("""{"spec":{"securityContext":{"sysctls":[{"name":"kernel.msgmax","value":"1"}]}}}""", "spec.securityContext.sysctls[0]")]
    [InlineData("""{"spec":{"volumes":[{"name":"h","hostPath":{"path":"/"}}]}}""", "spec.volumes[0]")]
    [InlineData("""{"spec":{"containers":[{"securityContext":{"privileged":true,"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}}}]}}""", "spec.containers[0].securityContext.privileged")]
    [InlineData("""{"spec":{"containers":[{"securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"],"add":["SYS_ADMIN"]}}}]}}""", "spec.containers[0].securityContext.capabilities.add")]
    [InlineData("""{"spec":{"containers":[{"securityContext":{"capabilities":{"drop":["ALL"]}}}]}}""", "spec.containers[0].securityContext.allowPrivilegeEscalation")]
    [InlineData("""{"spec":{"initContainers":[{"securityContext":{"allowPrivilegeEscalation":false}}]}}""", "spec.initContainers[0].securityContext.capabilities.drop")]
    [InlineData("""{"metadata":{"annotations":{"container.apparmor.security.beta.kubernetes.io/plugin":"unconfined"}}}""", "metadata.annotations[container.apparmor.security.beta.kubernetes.io/plugin]")]
    [InlineData("""{"spec":{"securityContext":{"runAsNonRoot":null}}}""", null)]
    public void What_breaks_the_profile_is_found(string change, string? place)
    {
        var template = Template(Samples.Minimal());
        var expected = place;
        if (expected is null)
        {
            // The container says so itself; without both nobody does.
            template["spec"]!["containers"]![0]!["securityContext"]!.AsObject().Remove("runAsNonRoot");
            expected = "spec.containers[0].securityContext.runAsNonRoot";
        }

        Merge(template.AsObject(), JsonNode.Parse(change)!.AsObject());
        PodSecurityRestricted.Violations(template).Should().Equal(expected);
    }

    [Fact]
    public void Every_container_has_requests_and_limits_of_its_disk_too_and_no_memory_of_the_node_is_used_up_by_volumes()
    {
        var pod = Given.Desired<V1Deployment>(Samples.VaultSidecar()).Spec!.Template!.Spec!;
        pod.Containers!.Concat(pod.InitContainers!).Should().OnlyContain(static c =>
            c.Resources!.Requests!.ContainsKey("ephemeral-storage") && c.Resources.Limits!.ContainsKey("ephemeral-storage"));
        pod.Volumes!.Where(static v => v.EmptyDir is not null).Should().NotBeEmpty().And.OnlyContain(static v => v.EmptyDir!.SizeLimit != null);

        // What may be written to /tmp counts as the container's: a full one must not be a reason to evict the pod.
        var tmp = pod.Volumes!.Single(static v => v.Name == "tmp").EmptyDir!.SizeLimit!.Value;
        tmp.Should().BeLessThan(pod.Containers![0].Resources!.Limits!["ephemeral-storage"]);
    }

    [Fact]
    public void The_injectors_agent_is_told_how_much_of_the_disk_it_may_use()
    {
        var annotations = Given.Desired<V1Deployment>(Samples.Vault()).Spec!.Template!.Metadata!.Annotations!;
        annotations["vault.hashicorp.com/agent-requests-ephemeral"].Should().Be("16Mi");
        annotations["vault.hashicorp.com/agent-limits-ephemeral"].Should().Be("128Mi");
    }

    [Fact]
    public void How_pods_rank_is_the_operators_say()
    {
        Template(Samples.Minimal())["spec"]!.AsObject().Should().NotContainKey("priorityClassName");
        Template(Given.Inputs(options: new OperatorOptions { PluginPriorityClass = "plugins" }))["spec"]!["priorityClassName"]!.GetValue<string>().Should().Be("plugins");
    }

    private static JsonNode Template(DesiredInputs inputs) => JsonNode.Parse(Given.Bytes(Given.Desired<V1Deployment>(inputs)))!["spec"]!["template"]!;

    private static void Merge(JsonObject into, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is JsonObject inner && into[name] is JsonObject present)
            {
                Merge(present, inner);
            }
            else
            {
                into[name] = value?.DeepClone();
            }
        }
    }
}
