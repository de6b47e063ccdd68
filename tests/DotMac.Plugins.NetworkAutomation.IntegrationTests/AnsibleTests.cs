using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotMac.Plugins.NetworkAutomation.IntegrationTests.Lab;
using DotMac.Plugins.Sdk.Testing;
using DotMac.Testing;

namespace DotMac.Plugins.NetworkAutomation.IntegrationTests;

[Collection(LabCollection.Name)]
public sealed class AnsibleTests(NetworkLab lab) : IAsyncLifetime
{
    private const string AllowInline = """, "allowInlinePlaybooks": true""";

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => lab.NothingIsLeftAsync();

    [Fact]
    public async Task APlaybookOfTheConfigRunsOnDevicesByKeyAndByPassword()
    {
        string playbook = """
            - name: Write the greeting
              hosts: all
              gather_facts: false
              tasks:
                - name: Write
                  ansible.builtin.copy:
                    content: "{{ greeting }}"
                    dest: "{{ directory }}/greeting-{{ inventory_hostname }}"
                - name: Read
                  ansible.builtin.command: cat {{ directory }}/greeting-{{ inventory_hostname }}
                  changed_when: false
            - name: Only the old ones
              hosts: old_devices
              gather_facts: false
              tasks:
                - name: Say hello
                  ansible.builtin.raw: echo hello
                  changed_when: false
            """;
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(
            new() { ["by-key"] = lab.ByKey(), ["by-password"] = lab.ByPassword(SshServer.Password, "old_devices"), ["other"] = lab.ByKey(port: Ports.FreeTcp()) },
            $$""", "playbooks": { "greet": {{JsonSerializer.Serialize(playbook)}} }""");

        JsonElement answer = await host.OkAsync("ansible_run", new()
        {
            ["playbook"] = "greet",
            ["devices"] = new JsonArray("by-key", "by-password"),
            ["extraVars"] = new JsonObject { ["greeting"] = "grüße 😀 \"quoted\" {{ 6 * 7 }}", ["directory"] = lab.Server.Home },
        });

        answer.Text("state").Should().Be("succeeded", answer.ToString());
        answer.GetProperty("exitCode").GetInt32().Should().Be(0);
        JsonElement recap = answer.GetProperty("recap");
        recap.EnumerateObject().Select(device => device.Name).Should().Equal("by-key", "by-password");
        recap.GetProperty("by-key").GetProperty("ok").GetInt32().Should().Be(2);
        recap.GetProperty("by-key").GetProperty("changed").GetInt32().Should().Be(1);
        recap.GetProperty("by-password").GetProperty("ok").GetInt32().Should().Be(3);
        JsonElement[] events = [.. answer.GetProperty("events").EnumerateArray()];
        events.Select(one => one.GetProperty("number").GetInt32()).Should().Equal(Enumerable.Range(1, events.Length));
        events[0].Text("kind").Should().Be("play");
        events[0].Text("play").Should().Be("Write the greeting");
        JsonElement read = events.Single(one => one.Text("kind") == "result" && one.Text("task") == "Read" && one.Text("device") == "by-password");
        read.Text("status").Should().Be("ok");
        read.Text("stdout").Should().Be("grüße 😀 \"quoted\" {{ 6 * 7 }}", "a call's text is never evaluated");
        read.GetProperty("returnCode").GetInt32().Should().Be(0);
        host.Log.Should().Contain("Write the greeting").And.NotContain("p4ss");
        File.ReadAllText(Path.Combine(lab.Server.Home, "greeting-by-key")).Should().StartWith("grüße 😀");
    }

    [Fact]
    public async Task EventsAreThereWhileThePlaybookRuns()
    {
        string gate = Path.Combine(lab.Files, "gate");
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["device"] = lab.ByKey() }, AllowInline);

        JsonElement started = await host.OkAsync("ansible_run", new()
        {
            ["playbook"] = $$"""
                - hosts: all
                  gather_facts: false
                  tasks:
                    - name: First
                      ansible.builtin.raw: echo first
                    - name: Second
                      ansible.builtin.raw: while [ ! -e {{gate}} ]; do sleep 0.1; done
                """,
            ["devices"] = new JsonArray("device"),
            ["wait"] = false,
            ["timeoutSeconds"] = 60,
        });
        string runId = started.Text("runId")!;
        started.Text("state").Should().Be("running");

        JsonElement seen = default;
        await Eventually.BeTrueAsync(
            async () => (seen = await StatusAsync(0)).GetProperty("events").EnumerateArray().Any(one => one.Text("stdout")?.Trim() == "first"),
            TimeSpan.FromSeconds(15),
            () => $"the first result was not told: {seen}");
        seen.Text("state").Should().Be("running");
        seen.TryGetProperty("recap", out _).Should().BeFalse();
        int last = seen.GetProperty("events").EnumerateArray().Last().GetProperty("number").GetInt32();
        host.Log.Should().Contain("First", "events stand in the log as they happen");
        File.WriteAllText(gate, "");

        await Eventually.BeTrueAsync(
            async () => (seen = await StatusAsync(last)).Text("state") != "running", TimeSpan.FromSeconds(15), () => $"it did not end: {seen}");
        seen.Text("state").Should().Be("succeeded", seen.ToString());
        seen.GetProperty("recap").GetProperty("device").GetProperty("ok").GetInt32().Should().Be(2);
        seen.GetProperty("events").EnumerateArray().Should().NotBeEmpty().And.OnlyContain(one => one.GetProperty("number").GetInt32() > last);

        Task<JsonElement> StatusAsync(int after) => host.OkAsync("ansible_status", new() { ["runId"] = runId, ["after"] = after });
    }

    [Fact]
    public async Task DevicesThatFailOrCannotBeReachedStandInTheRecap()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(
            new()
            {
                ["good"] = lab.ByKey(),
                ["imposter"] = lab.ByKey(hostKey: lab.Server.OtherHostKey),
                ["closed"] = lab.ByKey(port: Ports.FreeTcp()),
                ["password"] = lab.ByPassword("wr0ng-password"),
                ["failing"] = lab.ByPassword(),
            },
            AllowInline);

        JsonElement answer = await host.OkAsync("ansible_run", new()
        {
            ["playbook"] = """
                - hosts: all
                  gather_facts: false
                  tasks:
                    - name: Be root
                      ansible.builtin.raw: test $(id -u) = 0
                """,
            ["devices"] = new JsonArray("good", "imposter", "closed", "password", "failing"),
        });

        answer.Text("state").Should().Be("failed");
        JsonElement recap = answer.GetProperty("recap");
        recap.GetProperty("good").GetProperty("ok").GetInt32().Should().Be(1);
        recap.GetProperty("failing").GetProperty("failures").GetInt32().Should().Be(1);
        foreach (string device in new[] { "imposter", "closed", "password" })
        {
            recap.GetProperty(device).GetProperty("unreachable").GetInt32().Should().Be(1, device);
            answer.GetProperty("events").EnumerateArray().Should().Contain(one => one.Text("device") == device && one.Text("status") == "unreachable");
        }

        answer.GetProperty("events").EnumerateArray().Single(one => one.Text("device") == "imposter").Text("message").Should().Contain("Host key verification failed");
        (answer + host.Log).Should().NotContain("wr0ng");
    }

    [Fact]
    public async Task ACheckChangesNothingAndTagsChoose()
    {
        string target = Path.Combine(lab.Files, "unchanged");
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["device"] = lab.ByKey() }, AllowInline);

        JsonElement answer = await host.OkAsync("ansible_run", new()
        {
            ["playbook"] = $$"""
                - hosts: all
                  gather_facts: false
                  tasks:
                    - name: Chosen
                      ansible.builtin.copy: { content: x, dest: {{target}} }
                      tags: [chosen]
                    - name: Not chosen
                      ansible.builtin.raw: "false"
                """,
            ["devices"] = new JsonArray("device"),
            ["check"] = true,
            ["tags"] = new JsonArray("chosen"),
        });

        answer.Text("state").Should().Be("succeeded", answer.ToString());
        answer.GetProperty("events").EnumerateArray().Single(one => one.Text("kind") == "result").Text("status").Should().Be("changed");
        File.Exists(target).Should().BeFalse();
    }

    [Fact]
    public async Task WhatNoLogHidesIsInNoEventAndInNoLog()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["device"] = lab.ByKey() }, AllowInline);

        JsonElement answer = await host.OkAsync("ansible_run", new()
        {
            ["playbook"] = """
                - hosts: all
                  gather_facts: false
                  tasks:
                    - name: Hidden
                      ansible.builtin.raw: echo s3cret-of-the-task
                      no_log: true
                """,
            ["devices"] = new JsonArray("device"),
        });

        answer.Text("state").Should().Be("succeeded", answer.ToString());
        (answer + host.Log).Should().NotContain("s3cret-of-the-task");
    }

    [Theory]
    [InlineData("""{ "devices": ["device"], "playbook": "unknown" }""", "/playbook", "known")]
    [InlineData("""{ "devices": ["device"], "playbook": "- hosts: all\n" }""", "/playbook", "known")]
    [InlineData("""{ "devices": ["snmp-only"], "playbook": "known" }""", "/devices", "snmp-only")]
    [InlineData("""{ "devices": ["device"], "playbook": "known", "extraVars": { "ansible_connection": "local" } }""", "/extraVars", "ansible_")]
    [InlineData("""{ "devices": ["device"], "playbook": "known", "extraVars": { "a b": 1 } }""", "/extraVars", "Names")]
    [InlineData("""{ "devices": ["device"], "playbook": "known", "tags": ["--list-hosts"] }""", "/tags", "Tags")]
    [InlineData("""{ "devices": ["nobody"], "playbook": "known" }""", "/devices/0", "device")]
    public async Task AWrongRequestIsRefusedBeforeAnythingRuns(string request, string pointer, string said)
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(
            new() { ["device"] = lab.ByKey(), ["snmp-only"] = lab.V2C(SnmpAgent.ReadCommunity) }, """, "playbooks": { "known": "- hosts: all" }""");

        (HttpStatusCode status, string body) = await host.CallAsync("ansible_run", JsonNode.Parse(request)!.AsObject());

        status.Should().Be(HttpStatusCode.UnprocessableEntity, body);
        JsonElement error = JsonElement.Parse(body).GetProperty("errors")[0];
        error.Text("pointer").Should().Be(pointer);
        error.Text("message").Should().Contain(said);
        host.Log.Should().NotContain("begins");
    }

    [Theory]
    [InlineData("- hosts: all\n  tasks: [\n")]
    [InlineData("this is no playbook at all")]
    public async Task AnInlinePlaybookThatCannotBeReadIsTheCallersError(string playbook)
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["device"] = lab.ByKey() }, AllowInline);

        (HttpStatusCode status, string body) = await host.CallAsync("ansible_run", new() { ["devices"] = new JsonArray("device"), ["playbook"] = playbook });

        status.Should().Be(HttpStatusCode.UnprocessableEntity, body);
        JsonElement error = JsonElement.Parse(body).GetProperty("errors")[0];
        error.Text("pointer").Should().Be("/playbook");
        error.Text("message").Should().Contain("playbook").And.NotContain("it's here");
    }

    [Fact]
    public async Task TextInVariablesIsNeverEvaluated()
    {
        string trap = Path.Combine(lab.Files, "evaluated");
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(
            new() { ["device"] = lab.ByKey() },
            """, "playbooks": { "show": "- hosts: all\n  gather_facts: false\n  tasks:\n    - ansible.builtin.debug: { msg: '{{ given.list[0] }}' }\n" }""");

        JsonElement answer = await host.OkAsync("ansible_run", new()
        {
            ["playbook"] = "show",
            ["devices"] = new JsonArray("device"),
            ["extraVars"] = new JsonObject { ["given"] = new JsonObject { ["list"] = new JsonArray($"{{{{ lookup('pipe', 'touch \"{trap}\"') }}}}") } },
        });

        answer.Text("state").Should().Be("succeeded", answer.ToString());
        File.Exists(trap).Should().BeFalse();
    }

    [Fact]
    public async Task ARunThatTakesTooLongIsBrokenOffAndTellsWhatItDid()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["by-key"] = lab.ByKey(), ["by-password"] = lab.ByPassword() }, AllowInline);

        Task<JsonElement> call = host.OkAsync("ansible_run", Sleeping("21.22", "by-key", "by-password"), TimeSpan.FromSeconds(8));
        await Eventually.BeTrueAsync(() => Running("21.22").Length > 0, TimeSpan.FromSeconds(10), "ssh does not run");
        RunningPrograms.CommandLines().Where(line => !line.Contains("dotnet", StringComparison.Ordinal))
            .Should().NotContain(line => line.Contains(SshServer.Password, StringComparison.Ordinal));
        JsonElement answer = await call;

        answer.Text("state").Should().Be("cancelled");
        answer.Text("error").Should().Contain("wait");
        answer.GetProperty("events").EnumerateArray().Should().Contain(one => one.Text("task") == "Before" && one.Text("kind") == "result");
        Running("21.22").Should().BeEmpty();
    }

    [Fact]
    public async Task AStoppedPluginEndsItsRuns()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["device"] = lab.ByKey() }, AllowInline);
        JsonObject request = Sleeping("21.33", "device");
        request["wait"] = false;
        await host.OkAsync("ansible_run", request);
        await Eventually.BeTrueAsync(() => Running("21.33").Length > 0, TimeSpan.FromSeconds(15), "ssh does not run");

        await host.StopAsync();

        Running("21.33").Should().BeEmpty();
        RunningPrograms.CommandLines().Should().NotContain(line => line.Contains("ansible-playbook", StringComparison.Ordinal) && line.Contains("it's here", StringComparison.Ordinal));
        host.Log.Should().Contain("The plugin stopped");
    }

    [Fact]
    public async Task OnlySoManyPlaybooksRunAtATime()
    {
        await using PluginTestHost host = await NetworkLab.StartPluginAsync(new() { ["device"] = lab.ByKey() }, AllowInline + """, "maxRuns": 1""");
        JsonObject request = Sleeping("21.44", "device");
        request["wait"] = false;
        string runId = (await host.OkAsync("ansible_run", request)).Text("runId")!;

        (HttpStatusCode status, string body) = await host.CallAsync("ansible_run", Sleeping("21.44", "device"));
        (HttpStatusCode unknown, _) = await host.CallAsync("ansible_status", new() { ["runId"] = new string('0', 32) });

        status.Should().Be(HttpStatusCode.TooManyRequests, body);
        unknown.Should().Be(HttpStatusCode.NotFound);
        (await host.OkAsync("ansible_status", new() { ["runId"] = runId })).Text("state").Should().Be("running");
    }

    private static JsonObject Sleeping(string seconds, params string[] devices) => new()
    {
        ["playbook"] = $$"""
            - hosts: all
              gather_facts: false
              tasks:
                - name: Before
                  ansible.builtin.raw: echo before
                - name: Sleep
                  ansible.builtin.raw: sleep {{seconds}}
            """,
        ["devices"] = new JsonArray([.. devices.Select(device => (JsonNode?)device)]),
    };

    private static string[] Running(string seconds) =>
        [.. RunningPrograms.CommandLines().Where(line => line.StartsWith("ssh ", StringComparison.Ordinal) && line.Contains($"sleep {seconds}", StringComparison.Ordinal))];
}
