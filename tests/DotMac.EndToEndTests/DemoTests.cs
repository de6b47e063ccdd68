using DotMac.EndToEndTests.Fixture;

namespace DotMac.EndToEndTests;

[Collection(DemoCollection.Name)]
public sealed class DemoTests(DemoFixture demo)
{
    [Fact]
    public async Task The_demo_shows_an_active_healthy_ready_plugin_in_the_columns_of_the_design()
    {
        var lines = (await DemoFixture.KubectlAsync("get", "tp", "-A")).Split('\n');
        Words(lines[0]).Should().Equal("NAMESPACE", "NAME", "PLUGIN", "VERSION", "PHASE", "READY", "HEALTH", "CALLS", "ERRORS", "AGE");
        var row = Words(lines.Single(static line => line.StartsWith("tenant-acme ", StringComparison.Ordinal) && Words(line)[1] == "twilio"));
        row[2..7].Should().Equal("twilio", "1.0.0", "Active", "1/1", "Healthy");
        Words((await DemoFixture.KubectlAsync("get", "tp", "-A", "-o", "wide")).Split('\n')[0])[^3..].Should().Equal("IMAGE", "TENANT", "MESSAGE");
    }

    [Fact]
    public void The_demo_prints_limits_security_context_and_Vault_annotations_and_how_to_go_on()
    {
        demo.Output.Should().Contain("\"memory\": \"256Mi\"")
            .And.Contain("\"readOnlyRootFilesystem\": true")
            .And.Contain("\"vault.hashicorp.com/agent-inject-secret-twilio\"")
            .And.Contain("export KUBECONFIG=")
            .And.MatchRegex(@"address +http://[0-9.]+:8000\r?\n +token +[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.");
        demo.Output.Should().NotContain(TwilioTenant.AuthToken);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
