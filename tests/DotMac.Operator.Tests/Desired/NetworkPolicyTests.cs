using DotMac.Kubernetes.Models;
using DotMac.Operator.Configuration;
using DotMac.Operator.Desired;
using DotMac.Operator.Tests.Support;

namespace DotMac.Operator.Tests.Desired;

public sealed class NetworkPolicyTests
{
    private const string NamespaceName = "kubernetes.io/metadata.name";

    [Fact]
    public void Both_directions_are_closed_but_for_the_rules() =>
        Policy(Given.Inputs()).PolicyTypes.Should().Equal("Ingress", "Egress");

    [Fact]
    public void The_operator_and_the_callers_namespaces_may_come_in_at_the_plugins_port_and_nobody_else()
    {
        var rule = Policy(Given.Inputs(
            """{"plugin":"twilio","callers":[{"namespace":"b"},{"namespace":"a","serviceAccount":"x"},{"namespace":"a","serviceAccount":"y"}]}""",
            options: new OperatorOptions { OperatorNamespace = "ops" })).Ingress.Should().ContainSingle().Subject;
        rule.Ports.Should().ContainSingle().Which.Port.Should().Be((IntOrString)8080);
        rule.From!.Select(static p => p.NamespaceSelector!.MatchLabels![NamespaceName]).Should().Equal("ops", "a", "b");
    }

    [Fact]
    public void The_own_namespace_needs_no_label_to_be_known()
    {
        // Kubernetes before 1.21 does not label namespaces with their names.
        var from = Policy(Given.Inputs()).Ingress!.Single().From!;
        from.Should().HaveCount(2);
        from[1].Should().BeEquivalentTo(new V1NetworkPolicyPeer { PodSelector = new V1LabelSelector() });
    }

    [Fact]
    public void With_no_callers_only_the_operator_comes_in() =>
        Policy(Given.Inputs("""{"plugin":"twilio","callers":[]}""")).Ingress!.Single().From.Should().ContainSingle()
            .Which.NamespaceSelector!.MatchLabels![NamespaceName].Should().Be("dotmac-system");

    [Fact]
    public void Those_who_scrape_come_in_to_every_plugin_at_its_port_after_the_callers()
    {
        var rule = Policy(Given.Inputs(
            """{"plugin":"twilio","callers":[{"namespace":"api"}]}""",
            options: new OperatorOptions { MetricsNamespaces = ["observability", "monitoring", "monitoring"] })).Ingress!.Should().ContainSingle().Subject;
        rule.From!.Select(static peer => peer.NamespaceSelector!.MatchLabels![NamespaceName]).Should().Equal("dotmac-system", "api", "monitoring", "observability");
        rule.Ports.Should().ContainSingle().Which.Port.Should().Be((IntOrString)8080);
    }

    [Theory]
    [InlineData("dotmac-system")]
    [InlineData("api")]
    public void Who_may_come_in_already_is_not_let_in_twice(string scraper) =>
        Policy(Given.Inputs("""{"plugin":"twilio","callers":[{"namespace":"api"}]}""", options: new OperatorOptions { MetricsNamespaces = [scraper] }))
            .Ingress!.Single().From!.Select(static peer => peer.NamespaceSelector!.MatchLabels![NamespaceName]).Should().Equal("dotmac-system", "api");

    [Fact]
    public void An_ingress_opens_the_plugins_port_to_pods_of_the_cluster()
    {
        var rules = Policy(Given.Inputs("""{"plugin":"twilio","ingress":{"host":"hooks.example.com"}}""")).Ingress!;
        rules.Should().HaveCount(2);
        rules[1].From.Should().ContainSingle().Which.IpBlock.Should().BeNull();
        rules[1].Ports.Should().ContainSingle().Which.Port.Should().Be((IntOrString)8080);
    }

    [Fact]
    public void Where_ingress_controllers_live_may_be_told()
    {
        var rules = Policy(Given.Inputs("""{"plugin":"twilio","ingress":{"host":"hooks.example.com"}}""", options: new OperatorOptions { IngressNamespaces = ["ingress-nginx", "edge"] })).Ingress!;
        rules[1].From!.Select(static peer => peer.NamespaceSelector!.MatchLabels!["kubernetes.io/metadata.name"]).Should().Equal("ingress-nginx", "edge");
    }

    [Fact]
    public void An_address_and_a_range_are_opened_as_they_are_and_for_their_protocol()
    {
        var rules = Policy(WithEgress("""{"host":"10.1.0.0/16","ports":[161],"protocol":"UDP"},{"host":"10.1.0.0/16","ports":[22]},{"host":"10.2.0.7","ports":[161],"protocol":"UDP"}""")).Egress!;
        rules.Skip(1).Select(static rule => $"{rule.To!.Single().IpBlock!.Cidr} {string.Join(' ', rule.Ports!.Select(static p => $"{p.Protocol}/{p.Port}"))}")
            .Should().Equal("10.1.0.0/16 TCP/22 UDP/161", "10.2.0.7/32 UDP/161");
    }

    [Theory]
    [InlineData("168.0.0.0/6", "169.254.0.0/16", "168.63.129.16/32")]
    [InlineData("0.0.0.0/0", "169.254.0.0/16", "100.100.100.200/32", "192.0.0.192/32", "168.63.129.16/32")]
    [InlineData("100.64.0.0/10", "100.100.100.200/32")]
    public void No_range_opens_the_metadata_service(string range, params string[] except)
    {
        var block = Policy(WithEgress($$"""{"host":"{{range}}","ports":[80]}""")).Egress![1].To!.Single().IpBlock!;
        block.Cidr.Should().Be(range);
        block.Except.Should().Equal(except);
    }

    [Theory]
    [InlineData("169.254.0.0/16")]
    [InlineData("169.254.169.254/32")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    public void An_address_of_the_metadata_service_opens_nothing(string host) =>
        Policy(WithEgress($$"""{"host":"{{host}}","ports":[80]}""")).Egress.Should().ContainSingle("names may be resolved, and nothing else");

    [Fact]
    public void A_collector_is_told_to_the_plugin_and_opened()
    {
        var inputs = Given.Inputs(options: new OperatorOptions { PluginOtlpEndpoint = new Uri("http://collector.monitoring.svc:4318") });
        Policy(inputs).Egress![1].Ports!.Single().Port.Should().Be((IntOrString)4318);
        Given.Desired<V1Deployment>(inputs).Spec!.Template!.Spec!.Containers!.Single().Env!
            .Single(static e => e.Name == "OTEL_EXPORTER_OTLP_ENDPOINT").Value.Should().Be("http://collector.monitoring.svc:4318/");
    }

    [Fact]
    public void Names_can_be_resolved_and_nothing_else_unless_it_is_declared()
    {
        var rule = Policy(Given.Inputs()).Egress.Should().ContainSingle().Subject;
        rule.Ports!.Select(static p => $"{p.Protocol} {p.Port}").Should().Equal("UDP 53", "TCP 53");
    }

    [Fact]
    public void A_host_outside_opens_its_ports_to_every_address_of_the_Internet()
    {
        var rule = Policy(WithEgress("""{"host":"api.example.com","ports":[443,25]},{"host":"other.example.com"}""")).Egress!.Skip(1).Should().ContainSingle().Subject;
        rule.Ports!.Select(static p => p.Port).Should().Equal((IntOrString)25, (IntOrString)443);
        rule.To.Should().ContainSingle().Which.IpBlock.Should().BeEquivalentTo(new
        {
            Cidr = "0.0.0.0/0",
            Except = new[] { "10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "192.0.0.192/32", "168.63.129.16/32" },
        });
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("redis.data.svc")]
    [InlineData("redis.data.svc.cluster.local")]
    public void A_host_inside_opens_its_ports_to_pods_only(string host)
    {
        var rule = Policy(WithEgress($$"""{"host":"{{host}}","ports":[6379]}""")).Egress!.Skip(1).Should().ContainSingle().Subject;
        rule.To.Should().ContainSingle().Which.Should().BeEquivalentTo(new V1NetworkPolicyPeer { NamespaceSelector = new V1LabelSelector() });
    }

    [Fact]
    public void Declaring_the_metadata_service_by_name_does_not_open_it()
    {
        var rule = Policy(WithEgress("""{"host":"metadata.google.internal","ports":[80]}""")).Egress![1];
        rule.To.Should().OnlyContain(peer => peer.IpBlock != null && peer.IpBlock.Except!.Contains("169.254.0.0/16"));
    }

    [Theory]
    [InlineData(null, 8200)]
    [InlineData("https://vault.example.com", 443)]
    [InlineData("http://vault.vault.svc", 80)]
    [InlineData("https://vault:8201", 8201)]
    public void Vault_is_reached_at_its_port_which_does_not_open_the_metadata_service(string? address, int port)
    {
        var options = new OperatorOptions { Vault = new VaultOptions { Address = address is null ? null : new Uri(address) } };
        var rule = Policy(Given.Inputs("""{"plugin":"twilio","config":{"a":"${vault:p/k}"}}""", options: options)).Egress![1];
        rule.Ports.Should().ContainSingle().Which.Port.Should().Be((IntOrString)port);
        rule.To.Should().NotBeNullOrEmpty("no peers at all means every address");
        rule.To!.Where(static peer => peer.IpBlock is not null).Should().OnlyContain(peer => peer.IpBlock!.Except!.Contains("169.254.0.0/16"));
    }

    [Fact]
    public void Vault_that_is_known_by_its_address_is_reached_there_alone()
    {
        var options = new OperatorOptions { Vault = new VaultOptions { Address = new Uri("https://10.20.0.5") } };
        var rule = Policy(Given.Inputs("""{"plugin":"twilio","config":{"a":"${vault:p/k}"}}""", options: options)).Egress![1];
        rule.To.Should().ContainSingle().Which.IpBlock!.Cidr.Should().Be("10.20.0.5/32");
        rule.Ports!.Single().Port.Should().Be((IntOrString)443);
    }

    private static DesiredInputs WithEgress(string rules) => Given.Inputs($$$"""{"plugin":"twilio","sandbox":{"egress":[{{{rules}}}]}}""");

    private static V1NetworkPolicySpec Policy(DesiredInputs inputs) => Given.Desired<V1NetworkPolicy>(inputs).Spec!;
}
