using System.Text.Json;
using DotMac.Plugins.NetworkAutomation.Playbooks;
using DotMac.Plugins.NetworkAutomation.Ssh;

namespace DotMac.Plugins.NetworkAutomation.Tests;

public sealed class PlaybookTests
{
    private static readonly SshFiles Files = new("/tmp/it's/known_hosts", new Dictionary<string, string> { ["edge-1"] = "/tmp/it's/key" }, "/tmp/it's/passwords");

    [Fact]
    public void TheInventoryHasTheDevicesTheirGroupsAndNoSecret()
    {
        string text = Inventory.Text([Make.ByKey("edge-1", "edge", "juniper"), Make.ByPassword("edge-2", "edge")], Files);

        JsonElement all = JsonElement.Parse(text).GetProperty("all");
        JsonElement hosts = all.GetProperty("hosts");
        hosts.EnumerateObject().Select(host => host.Name).Should().Equal("edge-1", "edge-2");
        hosts.GetProperty("edge-2").GetProperty("ansible_host").GetString().Should().Be("192.0.2.2");
        hosts.GetProperty("edge-2").GetProperty("ansible_port").GetInt32().Should().Be(2022);
        hosts.GetProperty("edge-2").GetProperty("ansible_ssh_transfer_method").GetString().Should().Be("piped");
        hosts.GetProperty("edge-1").TryGetProperty("ansible_ssh_transfer_method", out _).Should().BeFalse();
        all.GetProperty("children").GetProperty("edge").GetProperty("hosts").EnumerateObject().Select(host => host.Name).Should().Equal("edge-1", "edge-2");
        all.GetProperty("children").GetProperty("juniper").GetProperty("hosts").EnumerateObject().Select(host => host.Name).Should().Equal("edge-1");
        text.Should().NotContain("s3cret").And.NotContain("PRIVATE KEY").And.NotContain("ansible_password");
    }

    [Fact]
    public void OptionsOfSshAreQuotedForAnsibleAndDoNotBeginWithAQuote()
    {
        string options = JsonElement.Parse(Inventory.Text([Make.ByKey()], Files)).GetProperty("all").GetProperty("hosts").GetProperty("edge-1")
            .GetProperty("ansible_ssh_args").GetString()!;

        options.Should().StartWith("-F /dev/null -o StrictHostKeyChecking=yes -o 'UserKnownHostsFile=\"/tmp/it'\"'\"'s/known_hosts\"' ");
    }

    [Fact]
    public void VariablesAreYamlWhoseTextIsNeverEvaluated()
    {
        Dictionary<string, JsonElement> variables = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
            """{ "text": "{{ 1 }} \"q\" \\ ü 😀\n", "number": 1.5e3, "flag": true, "nothing": null, "list": ["a", [2]], "object": { "k: ey": "v" } }""")!;

        ExtraVariables.Text(variables).Should().Be(
            """{"text": !unsafe "{{ 1 }} \"q\" \\ \U000000FC \U0001F600\U0000000A", "number": 1.5e3, "flag": true, "nothing": null, "list": [!unsafe "a", [2, ], ], "object": {"k: ey": !unsafe "v", }, }""" + "\n");
    }

    [Fact]
    public void TheCommandLineHoldsPathsAndFlags()
    {
        var order = new PlaybookOrder("", [Make.ByKey()], new Dictionary<string, JsonElement>(), ["a", "b"], Check: true, Forks: 8);

        AnsibleCommand.Arguments(order, "/i.json", "/v.yml", "/p.yml")
            .Should().Equal("--inventory", "/i.json", "--forks", "8", "--extra-vars", "@/v.yml", "--check", "--tags", "a,b", "--", "/p.yml");
        AnsibleCommand.Arguments(order with { Check = false, Tags = [] }, "/i.json", null, "/p.yml")
            .Should().Equal("--inventory", "/i.json", "--forks", "8", "--", "/p.yml");
    }

    [Fact]
    public void AResultIsRead()
    {
        AnsibleEvent happened = EventLine.Parse("""
            {"event": "result", "at": 1700000000.25, "device": "edge-1", "task": "Read", "status": "failed", "changed": false, "ignored": true, "message": "no", "returnCode": 2, "stdout": "o", "stderr": "e", "result": {"cmd": ["x"]}}
            """.Trim())!.Event!;

        happened.Should().BeEquivalentTo(
            new AnsibleEvent(0, "result", new DateTimeOffset(2023, 11, 14, 22, 13, 20, 250, TimeSpan.Zero), null, "Read", "edge-1", "failed", false, true, "no", 2, "o", "e"),
            options => options.Excluding(one => one.Result));
        happened.Result!.Value.GetProperty("cmd")[0].GetString().Should().Be("x");
    }

    [Fact]
    public void TheRecapIsRead()
    {
        EventLine line = EventLine.Parse(
            """{"event": "recap", "at": 1.5, "devices": {"edge-1": {"ok": 3, "failures": 1, "unreachable": 0, "changed": 2, "skipped": 4, "rescued": 5, "ignored": 6}}}""")!;

        line.Event.Should().BeNull();
        line.Recap!["edge-1"].Should().Be(new DeviceRecap(3, 2, 1, 0, 4, 5, 6));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PLAY [all] ****")]
    [InlineData("{ not json")]
    [InlineData("{}")]
    [InlineData("{\"event\": 1}")]
    [InlineData("[1]")]
    public void WhatIsNoEventIsPassedOver(string line) => EventLine.Parse(line).Should().BeNull();

    [Theory]
    [InlineData(2, "", "task failed")]
    [InlineData(4, "[WARNING]: something\n", "could not be reached")]
    [InlineData(4, "ERROR! We were unable to read /run/x/playbook.yml\n", "ERROR! We were unable to read playbook.yml")]
    [InlineData(250, "", "250")]
    public void AnExitCodeIsToldInWords(int exitCode, string error, string said) => AnsibleErrors.Say(exitCode, error, "/run/x").Should().Contain(said).And.NotContain("/run/x");
}
