using DotMac.Kubernetes.Models;
using DotMac.Operator.Configuration;
using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;

namespace DotMac.Operator.Tests.Isolation;

/// <summary>What a plugin reaches and who reaches it, by the policies that the operator writes, in a cluster of two tenants.</summary>
public sealed class ReachTests
{
    private const string Vendor = "203.0.113.7";
    private const string DeclaredVendor = """{"plugin":"twilio","sandbox":{"egress":[{"host":"api.example.com","ports":[443]}]}}""";

    [Theory]
    [InlineData("10.96.0.1", 443)]
    [InlineData("192.168.1.10", 6443)]
    [InlineData("172.20.0.4", 443)]
    [InlineData("100.64.3.4", 6443)]
    [InlineData("10.1.2.3", 10250)]
    [InlineData("127.0.0.1", 10255)]
    public void The_API_server_and_the_nodes_are_out_of_reach(string address, int port)
    {
        foreach (var spec in new[] { """{"plugin":"twilio"}""", DeclaredVendor })
        {
            Refuses(spec, NetworkEndpoint.Host(address), port);
        }
    }

    [Theory]
    [InlineData("169.254.169.254", 80)]
    [InlineData("169.254.170.2", 80)]
    [InlineData("fd00:ec2::254", 80)]
    [InlineData("fe80::a9fe:a9fe", 80)]
    [InlineData("100.100.100.200", 80)]
    [InlineData("168.63.129.16", 32526)]
    [InlineData("192.0.0.192", 80)]
    public void The_metadata_services_are_out_of_reach_whatever_is_declared(string address, int port)
    {
        foreach (var host in new[] { null, "metadata.google.internal", "169.254.169.254", "169.254.0.0/16", "0.0.0.0/0", "168.0.0.0/6", "100.64.0.0/10", "169.254.169.254.nip.io", "instance-data", "*.example.com" })
        {
            var rule = host is null ? string.Empty : $$"""{"host":"{{host}}","ports":[{{port}},80]}""";
            Refuses($$$"""{"plugin":"twilio","sandbox":{"egress":[{{{rule}}}]}}""", NetworkEndpoint.Host(address), port);
        }
    }

    [Theory]
    [InlineData("""{"plugin":"twilio"}""")]
    [InlineData(DeclaredVendor)]
    [InlineData("""{"plugin":"twilio","sandbox":{"egress":[{"host":"10.0.0.0/8","ports":[8080]}]}}""")]
    [InlineData("""{"plugin":"twilio","sandbox":{"egress":[{"host":"victim.tenant-globex.svc","ports":[8080]}]}}""")]
    public void Another_tenants_plugin_is_out_of_reach_even_when_it_is_declared(string spec) => Refuses(spec, Globex, 8080);

    [Fact]
    public void A_host_that_was_looked_up_opens_its_addresses_alone_and_one_that_nobody_can_tell_of_stays_wide()
    {
        var inputs = Given.Inputs(
            """{"plugin":"twilio","sandbox":{"egress":[{"host":"api.example.com","ports":[443]},{"host":"cdn.example.com","ports":[443]},{"host":"silent.example.com","ports":[8443]},{"host":"*.example.com","ports":[9443]}]}}""")
            with
        {
            EgressAddresses = new Dictionary<string, IReadOnlyList<string>>
            {
                ["api.example.com"] = [$"{Vendor}/32", "203.0.113.8/32"],
                ["cdn.example.com"] = ["198.51.100.1/32"],
                ["silent.example.com"] = [],
            },
        };
        var evaluator = Evaluator(inputs, blocksMatchPods: false);
        bool Reaches(string address, int port) => evaluator.Allows(Acme(inputs), NetworkEndpoint.Host(address), port);
        Reaches(Vendor, 443).Should().BeTrue();
        Reaches("203.0.113.8", 443).Should().BeTrue();
        Reaches("198.51.100.1", 443).Should().BeTrue();
        Reaches("203.0.113.9", 443).Should().BeFalse();
        Reaches(Vendor, 80).Should().BeFalse();
        Reaches("203.0.113.9", 8443).Should().BeTrue("a name server that is down cuts nothing off");
        Reaches("203.0.113.9", 9443).Should().BeTrue();
        Reaches("10.0.0.1", 8443).Should().BeFalse();

        // A rule without a place would be one for every place.
        Given.Desired<V1NetworkPolicy>(inputs).Spec!.Egress!.Where(static rule => rule.Ports!.All(static p => p.Port != 53)).Should().OnlyContain(static rule => rule.To!.Count > 0);
    }

    [Fact]
    public void Nor_does_another_tenant_reach_in()
    {
        var victim = Acme(Given.Inputs());
        var attacker = Globex with { };
        var open = Given.Inputs("""{"plugin":"twilio","callers":[{"namespace":"tenant-globex"}]}""");
        Evaluator(Given.Inputs(), blocksMatchPods: true).Allows(attacker, victim, 8080).Should().BeFalse();
        Evaluator(open, blocksMatchPods: true).Allows(NetworkEndpoint.Pod("10.3.0.9", "tenant-globex", [new("app", "its-own")]), Acme(open), 8080).Should().BeTrue("it was let in by acme");
    }

    [Fact]
    public void The_callers_and_the_operator_come_in_at_the_plugins_port_alone()
    {
        var inputs = Given.Inputs("""{"plugin":"twilio","callers":[{"namespace":"isp"}]}""");
        var evaluator = Evaluator(inputs, blocksMatchPods: false);
        foreach (var (ns, isLetIn) in new[] { ("isp", true), ("dotmac-system", true), ("tenant-acme", false), ("tenant-other", false), ("default", false) })
        {
            var caller = NetworkEndpoint.Pod("10.3.0.20", ns, [new("app", "caller")]);
            evaluator.Allows(caller, Acme(inputs), 8080).Should().Be(isLetIn, ns);
            evaluator.Allows(caller, Acme(inputs), 22).Should().BeFalse(ns);
        }
    }

    [Fact]
    public void By_default_the_own_namespace_calls_and_nothing_outside_the_cluster_does()
    {
        var inputs = Given.Inputs();
        var evaluator = Evaluator(inputs, blocksMatchPods: true);
        evaluator.Allows(NetworkEndpoint.Pod("10.3.0.21", Given.Namespace), Acme(inputs), 8080).Should().BeTrue();
        evaluator.Allows(NetworkEndpoint.Host("198.51.100.1"), Acme(inputs), 8080).Should().BeFalse();
    }

    [Fact]
    public void The_declared_vendor_is_reached_on_its_port_alone_and_names_can_be_resolved()
    {
        var inputs = Given.Inputs(DeclaredVendor);
        var evaluator = Evaluator(inputs, blocksMatchPods: false);
        evaluator.Allows(Acme(inputs), NetworkEndpoint.Host(Vendor), 443).Should().BeTrue();
        evaluator.Allows(Acme(inputs), NetworkEndpoint.Host(Vendor), 80).Should().BeFalse();
        evaluator.Allows(Acme(inputs), NetworkEndpoint.Host(Vendor), 443, "UDP").Should().BeFalse();
        evaluator.Allows(Acme(inputs), NetworkEndpoint.Pod("10.3.0.2", "kube-system"), 53, "UDP").Should().BeTrue();
        evaluator.Allows(Acme(inputs), NetworkEndpoint.Host("169.254.20.10"), 53, "UDP").Should().BeTrue("caches of names listen there on nodes");
        Evaluator(Given.Inputs(), blocksMatchPods: true).Allows(Acme(Given.Inputs()), NetworkEndpoint.Host(Vendor), 443).Should().BeFalse("nothing was declared");
    }

    [Fact]
    public void A_private_address_is_reached_where_it_is_declared_as_one()
    {
        var inputs = Given.Inputs("""{"plugin":"twilio","sandbox":{"egress":[{"host":"10.9.0.0/16","ports":[161],"protocol":"UDP"},{"host":"192.168.7.7","ports":[22]}]}}""");
        var evaluator = Evaluator(inputs, blocksMatchPods: false);
        evaluator.Allows(Acme(inputs), NetworkEndpoint.Host("10.9.3.3"), 161, "UDP").Should().BeTrue();
        evaluator.Allows(Acme(inputs), NetworkEndpoint.Host("192.168.7.7"), 22).Should().BeTrue();
        evaluator.Allows(Acme(inputs), NetworkEndpoint.Host("192.168.7.8"), 22).Should().BeFalse();
        evaluator.Allows(Acme(inputs), NetworkEndpoint.Host("10.9.3.3"), 22).Should().BeFalse();
    }

    [Fact]
    public void Vault_and_the_collector_open_no_way_to_the_metadata_services()
    {
        var options = new OperatorOptions { PluginOtlpEndpoint = new Uri("http://collector"), Vault = new VaultOptions { Address = new Uri("http://vault.example.com") } };
        var inputs = Given.Inputs("""{"plugin":"twilio","config":{"a":"${vault:p/k}"}}""", options: options);
        var evaluator = Evaluator(inputs, blocksMatchPods: true);
        evaluator.Allows(Acme(inputs), NetworkEndpoint.Host("10.40.0.1"), 80).Should().BeTrue("Vault may live on a private address");
        foreach (var address in new[] { "169.254.169.254", "100.100.100.200", "168.63.129.16", "fd00:ec2::254" })
        {
            evaluator.Allows(Acme(inputs), NetworkEndpoint.Host(address), 80).Should().BeFalse(address);
        }
    }

    [Fact]
    public void Without_the_sandbox_there_is_no_fence_and_that_is_what_it_says() =>
        Evaluator(Samples.SandboxOff(), blocksMatchPods: true).Allows(Acme(Samples.SandboxOff()), NetworkEndpoint.Host("169.254.169.254"), 80).Should().BeTrue();

    private static void Refuses(string spec, NetworkEndpoint target, int port)
    {
        var inputs = Given.Inputs(spec);
        Evaluator(inputs, blocksMatchPods: true).Allows(Acme(inputs), target, port).Should().BeFalse("{0} is not for {1}", target.Address, spec);
    }

    // Acme's plugin as the spec has it, and globex's, which allows its own namespace to call.
    private static NetworkPolicyEvaluator Evaluator(DesiredInputs acme, bool blocksMatchPods)
    {
        var globex = GlobexInputs;
        return new NetworkPolicyEvaluator(
            [.. DesiredState.Of(acme).OfType<V1NetworkPolicy>(), .. DesiredState.Of(globex).OfType<V1NetworkPolicy>()], blocksMatchPods);
    }

    private static DesiredInputs GlobexInputs
    {
        get
        {
            var inputs = Given.Inputs(tenant: "globex", name: "victim");
            inputs.Plugin.Metadata.Namespace = "tenant-globex";
            return inputs with { Effective = inputs.Effective with { Callers = [new("tenant-globex", null)] } };
        }
    }

    private static NetworkEndpoint Acme(DesiredInputs inputs) =>
        NetworkEndpoint.Pod("10.3.0.5", Given.Namespace, Given.Desired<V1Deployment>(inputs).Spec!.Template!.Metadata!.Labels);

    private static NetworkEndpoint Globex =>
        NetworkEndpoint.Pod("10.3.0.6", "tenant-globex", Given.Desired<V1Deployment>(GlobexInputs).Spec!.Template!.Metadata!.Labels);
}
