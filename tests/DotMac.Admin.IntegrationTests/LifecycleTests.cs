using System.Net;
using System.Text.Json.Nodes;
using DotMac.Admin.IntegrationTests.Fixture;
using DotMac.Testing;

namespace DotMac.Admin.IntegrationTests;

/// <summary>Plugins over HTTP; what the operator would write is written by the tests.</summary>
[Collection(AdminCollection.Name)]
public sealed class LifecycleTests(AdminFixture fixture)
{
    [Fact]
    public async Task A_plugin_is_installed_run_stopped_configured_and_removed()
    {
        var (tenant, editor) = await InstalledAsync();
        await ActiveAsync(tenant, editor);
        var status = (await editor.GetAsync("/api/admin/plugins/twilio/status")).Expect(HttpStatusCode.OK).Json;
        status["up_to_date"]!.GetValue<bool>().Should().BeTrue();
        status["health"]!["state"]!.GetValue<string>().Should().Be("healthy");
        var metrics = (await editor.GetAsync("/api/admin/plugins/twilio/metrics")).Expect(HttpStatusCode.OK).Json;
        metrics["api_calls"]!.GetValue<long>().Should().Be(1042);
        metrics["error_rate_percent"]!.GetValue<decimal>().Should().Be(0.29m);
        metrics["uptime_seconds"]!.GetValue<long>().Should().BeGreaterThan(0);

        var stopped = (await editor.PostAsync("/api/admin/plugins/twilio/deactivate")).Expect(HttpStatusCode.OK).Json;
        stopped["result"]!.GetValue<string>().Should().Be("deactivated");
        stopped["plugin"]!["enabled"]!.GetValue<bool>().Should().BeFalse();
        (await editor.PostAsync("/api/admin/plugins/twilio/deactivate")).Expect(HttpStatusCode.OK).Json["result"]!.GetValue<string>().Should().Be("unchanged");
        (await editor.PostAsync("/api/admin/plugins/twilio/test")).Expect(HttpStatusCode.Conflict).Json["detail"]!.GetValue<string>().Should().Contain("activate it first");
        (await editor.PostAsync("/api/admin/plugins/twilio/activate")).Expect(HttpStatusCode.OK).Json["result"]!.GetValue<string>().Should().Be("activated");
        (await editor.PostAsync("/api/admin/plugins/twilio/restart")).Expect(HttpStatusCode.OK);
        (await tenant.PluginAsync())!["metadata"]!["annotations"]!["plugins.dotmac.io/restartedAt"].Should().NotBeNull();

        var configured = await editor.PutAsync(
            "/api/admin/plugins/twilio/config", """{"security":{"sandbox_enabled":false,"resource_limits":{"memory_mb":256,"cpu_percent":10}}}""");
        configured.Expect(HttpStatusCode.OK).Json["plugin"]!["security"]!["resource_limits"]!["memory_mb"]!.GetValue<int>().Should().Be(256);
        var spec = (await tenant.PluginAsync())!["spec"]!;
        spec["resources"]!["limits"]!["cpu"]!.GetValue<string>().Should().Be("100m");
        spec["sandbox"]!["enabled"]!.GetValue<bool>().Should().BeFalse();

        var removed = (await editor.DeleteAsync("/api/admin/plugins/twilio?wait=30")).Expect(HttpStatusCode.OK).Json;
        removed["warnings"]!.AsArray().Single()!.GetValue<string>().Should().Contain("stay in Vault");
        (await tenant.PluginAsync()).Should().BeNull();
        (await editor.GetAsync("/api/admin/plugins/twilio")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_change_can_be_waited_for()
    {
        var (tenant, editor) = await InstalledAsync();
        await ActiveAsync(tenant, editor);
        var stopping = editor.PostAsync("/api/admin/plugins/twilio/deactivate?wait=30");
        await Eventually.BeTrueAsync(
            async () => (await tenant.PluginAsync())!["spec"]!["enabled"]?.GetValue<bool>() == false, TimeSpan.FromSeconds(20), "the wish is stored");
        stopping.IsCompleted.Should().BeFalse("the operator has not acted upon it yet");
        var generation = (await tenant.PluginAsync())!["metadata"]!["generation"]!.GetValue<long>();
        await tenant.WriteStatusAsync(new JsonObject { ["observedGeneration"] = generation, ["phase"] = "Inactive" });
        (await stopping).Expect(HttpStatusCode.OK).Json["plugin"]!["status"]!["state"]!.GetValue<string>().Should().Be("inactive");
    }

    [Fact]
    public async Task A_check_that_is_asked_for_is_answered_by_the_status()
    {
        var (tenant, editor) = await InstalledAsync();
        await ActiveAsync(tenant, editor);
        var checking = editor.PostAsync("/api/admin/plugins/twilio/test");
        string? mark = null;
        await Eventually.BeTrueAsync(
            async () => (mark = (await tenant.PluginAsync())!["metadata"]!["annotations"]?["plugins.dotmac.io/checkRequestedAt"]?.GetValue<string>()) is not null,
            TimeSpan.FromSeconds(20),
            "the wish is written");
        await tenant.WriteStatusAsync((JsonObject)JsonNode.Parse($$$$"""
            {"health":{"state":"Unhealthy","checkedAt":"2026-01-01T00:00:00Z","handledCheckAt":"{{{{mark}}}}","checks":[{"name":"credentials","state":"Unhealthy","message":"Twilio refuses the token"}]}}
            """)!);
        var answer = (await checking).Expect(HttpStatusCode.OK).Json;
        answer["passed"]!.GetValue<bool>().Should().BeFalse();
        answer["health"]!["checks"]![0]!["message"]!.GetValue<string>().Should().Be("Twilio refuses the token");
    }

    [Fact]
    public async Task Of_two_who_change_what_they_read_the_second_is_told_so()
    {
        var (tenant, editor) = await InstalledAsync();
        var read = (await editor.GetAsync("/api/admin/plugins/twilio")).Expect(HttpStatusCode.OK);
        (await editor.GetAsync("/api/admin/plugins/twilio", ("If-None-Match", read.ETag))).Expect(HttpStatusCode.NotModified);
        const string Body = """{"security":{"sandbox_enabled":false}}""";
        var first = (await editor.PutAsync("/api/admin/plugins/twilio/config", Body, ("If-Match", read.ETag))).Expect(HttpStatusCode.OK);
        (await editor.PutAsync("/api/admin/plugins/twilio/config", """{"security":{"sandbox_enabled":true}}""", ("If-Match", read.ETag))).Expect(HttpStatusCode.PreconditionFailed);
        (await editor.DeleteAsync("/api/admin/plugins/twilio", ("If-Match", read.ETag))).Expect(HttpStatusCode.PreconditionFailed);
        (await tenant.PluginAsync())!["spec"]!["sandbox"]!["enabled"]!.GetValue<bool>().Should().BeFalse();
        (await editor.PostAsync("/api/admin/plugins/twilio/deactivate", null, ("If-Match", first.ETag))).Expect(HttpStatusCode.OK);
        (await editor.PostAsync("/api/admin/plugins/twilio/activate", null, ("If-Match", "nonsense"))).Expect(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_request_that_comes_again_is_not_done_twice()
    {
        var tenant = await fixture.CreateTenantAsync();
        var editor = await tenant.ClientAsync("edit");
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = (await editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(), key)).Expect(HttpStatusCode.Created);
        var again = (await editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(), key)).Expect(HttpStatusCode.Created);
        again.Headers["Idempotency-Replayed"].Should().Be("true");
        again.Text.Should().Be(first.Text);
        (await editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(token: "other"), key)).Expect(HttpStatusCode.UnprocessableEntity);
        (await editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio())).Expect(HttpStatusCode.Conflict);

        // Another replica knows it by what is stored.
        await using var other = fixture.NewAdmin();
        await other.StartAsync();
        var elsewhere = fixture.Client(await fixture.ControlPlane.CreateTokenAsync(tenant.Namespace, "edit"), other);
        (await elsewhere.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(), key)).Expect(HttpStatusCode.Created)
            .Json["plugin"]!["resource_version"]!.GetValue<string>().Should().Be(first.Json["plugin"]!["resource_version"]!.GetValue<string>());
        (await elsewhere.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(), ("Idempotency-Key", "another"))).Expect(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Ten_at_once_install_one()
    {
        var tenant = await fixture.CreateTenantAsync();
        var editor = await tenant.ClientAsync("edit");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(token: $"token-{i}"))));
        answers.Count(static a => a.Status == HttpStatusCode.Created).Should().Be(1);
        answers.Where(static a => a.Status != HttpStatusCode.Created).Should().OnlyContain(static a => a.Status == HttpStatusCode.Conflict);

        // Those who came too late took their secrets back.
        var written = fixture.Vault.Audit.Count(e => e.Method == "POST" && e.Path.StartsWith($"secret/data/tenants/{tenant.Id}/", StringComparison.Ordinal) && e.Status < 300);
        var taken = fixture.Vault.Audit.Count(e => e.Path.StartsWith($"secret/delete/tenants/{tenant.Id}/", StringComparison.Ordinal) && e.Status < 300);
        (written - taken).Should().Be(1);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_and_where()
    {
        var tenant = await fixture.CreateTenantAsync();
        var editor = await tenant.ClientAsync("edit");
        var wrong = (await editor.PostAsync("/api/admin/plugins/install", """
            {"plugin_id":"twilio","version":"9.9.9","instance_id":"Not A Name","config_data":{"auth_token":"x"},"security":{"resource_limits":{"memory_mb":0,"cpu_percent":-1}}}
            """)).Expect(HttpStatusCode.UnprocessableEntity);
        wrong.Errors.Keys.Should().Contain(["/instance_id", "/version", "/security/resource_limits/memory_mb", "/security/resource_limits/cpu_percent"]);
        var config = (await editor.PostAsync("/api/admin/plugins/install", """
            {"plugin_id":"twilio","config_data":{"account_sid":"AC","auth_token":"","phone_number":"911","colour":"blue"}}
            """)).Expect(HttpStatusCode.UnprocessableEntity);
        config.Errors.Keys.Should().BeEquivalentTo("/config_data/account_sid", "/config_data/auth_token", "/config_data/phone_number", "/config_data/colour");
        (await editor.PostAsync("/api/admin/plugins/install", """{"plugin_id":"twillio"}""")).Expect(HttpStatusCode.UnprocessableEntity).Errors["/plugin_id"].Should().Contain("did you mean twilio?");
        (await editor.PostAsync("/api/admin/plugins/install", """{"plugin_id":"twilio","colour":1}""")).Expect(HttpStatusCode.BadRequest).Errors.Keys.Should().Equal("/colour");
        (await editor.PostAsync("/api/admin/plugins/install", """{"plugin_id":["twilio"]}""")).Expect(HttpStatusCode.BadRequest).Errors.Keys.Should().Equal("/plugin_id");
        (await editor.PostAsync("/api/admin/plugins/install", "{")).Expect(HttpStatusCode.BadRequest);
        (await editor.PostAsync("/api/admin/plugins/install", $"{{\"plugin_id\":\"{new string('x', 1_100_000)}\"}}")).Expect(HttpStatusCode.RequestEntityTooLarge);
        (await editor.GetAsync("/api/admin/plugins?limit=0&state=odd&cursor=%25&category=none")).Expect(HttpStatusCode.BadRequest).Errors.Keys.Should().BeEquivalentTo("?limit", "?state", "?cursor", "?category");
        (await editor.GetAsync("/api/admin/plugins/twilio")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_others_need_is_not_removed_unless_forced()
    {
        var tenant = await fixture.CreateTenantAsync();
        var editor = await tenant.ClientAsync("edit");
        await fixture.CreateAsync("apis/plugins.dotmac.io/v1alpha1/plugindefinitions", (JsonObject)JsonNode.Parse($$$$"""
            {"apiVersion":"plugins.dotmac.io/v1alpha1","kind":"PluginDefinition","metadata":{"name":"needy-{{{{tenant.Id}}}}"},
             "spec":{"versions":[{"version":"1.0.0","image":"ghcr.io/dotmac/x:1.0.0","dependencies":[{"plugin":"twilio","version":">=1.0.0"}]}]}}
            """)!);
        (await editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio())).Expect(HttpStatusCode.Created);
        await AdminTenant.EventuallyAsync(
            () => editor.PostAsync("/api/admin/plugins/install", $$"""{"plugin_id":"needy-{{tenant.Id}}"}"""), static a => a.Status == HttpStatusCode.Created, "the catalog has it");
        var refused = (await editor.DeleteAsync("/api/admin/plugins/twilio")).Expect(HttpStatusCode.Conflict);
        refused.Json["detail"]!.GetValue<string>().Should().Contain($"needy-{tenant.Id}");
        (await editor.DeleteAsync("/api/admin/plugins/twilio?force=true&wait=20")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_id_that_means_several_is_answered_with_which()
    {
        var (first, second) = (await fixture.CreateTenantAsync(), await fixture.CreateTenantAsync());
        foreach (var tenant in new[] { first, second })
        {
            (await fixture.Platform.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(tenant.Id))).Expect(HttpStatusCode.Created);
        }

        var answer = (await fixture.Platform.GetAsync("/api/admin/plugins/twilio/status")).Expect(HttpStatusCode.Conflict);
        answer.Json["detail"]!.GetValue<string>().Should().Contain("tenant_id");
        (await fixture.Platform.GetAsync($"/api/admin/plugins/twilio/status?tenant_id={first.Id}")).Expect(HttpStatusCode.OK);
        var body = (await fixture.Platform.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio())).Expect(HttpStatusCode.UnprocessableEntity);
        body.Errors.Keys.Should().Equal("/tenant_id");

        // The name of an installation is meant before that of the catalog's entry.
        (await fixture.Platform.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(first.Id, instance: "twilio-two"))).Expect(HttpStatusCode.Created);
        (await fixture.Platform.GetAsync($"/api/admin/plugins/twilio?tenant_id={first.Id}")).Expect(HttpStatusCode.OK).Json["id"]!.GetValue<string>().Should().Be("twilio");
    }

    [Fact]
    public async Task The_catalog_is_listed_page_by_page_with_what_is_installed()
    {
        var tenant = await fixture.CreateTenantAsync();
        var editor = await tenant.ClientAsync("edit");
        foreach (var i in Enumerable.Range(0, 5))
        {
            (await editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(instance: $"twilio-{i}"))).Expect(HttpStatusCode.Created);
        }

        var (seen, cursor) = (new List<string>(), string.Empty);
        do
        {
            var page = (await editor.GetAsync($"/api/admin/plugins?limit=2{cursor}")).Expect(HttpStatusCode.OK).Json;
            foreach (var entry in page["plugins"]!.AsArray())
            {
                var installed = entry!["installations"]!.AsArray().Select(static p => p!["id"]!.GetValue<string>()).ToList();
                installed.Count.Should().BeLessThanOrEqualTo(2);
                seen.AddRange(installed.Count == 0 ? [$"({entry["plugin_id"]!.GetValue<string>()})"] : installed);
            }

            cursor = page["next_cursor"] is { } next ? $"&cursor={next.GetValue<string>()}" : string.Empty;
        }
        while (cursor.Length > 0);

        seen.Where(static s => s.StartsWith("twilio-", StringComparison.Ordinal)).Should().Equal("twilio-0", "twilio-1", "twilio-2", "twilio-3", "twilio-4");
        seen.Should().OnlyHaveUniqueItems().And.Contain("(stripe)").And.NotContain("(twilio)");
        Ids(await editor.GetAsync("/api/admin/plugins?category=billing")).Should().Equal("stripe");
        Ids(await editor.GetAsync("/api/admin/plugins?search=SMS")).Should().Contain("twilio");
        Ids(await editor.GetAsync("/api/admin/plugins?state=not_installed")).Should().NotContain("twilio").And.Contain("slack");
        Ids(await editor.GetAsync("/api/admin/plugins?state=unknown")).Should().Equal("twilio");
        (await editor.GetAsync("/api/admin/catalog/twilio")).Expect(HttpStatusCode.OK).Json["versions"]![0]!["config_schema"]!["required"]!.AsArray().Should().NotBeEmpty();
    }

    [Fact]
    public async Task Changes_are_told_as_they_happen()
    {
        var (tenant, editor) = await InstalledAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        using var reader = new StreamReader(await editor.OpenAsync("/api/admin/changes", stop.Token));
        async Task<string> NextAsync()
        {
            var (name, data) = (string.Empty, string.Empty);
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                name = line.StartsWith("event: ", StringComparison.Ordinal) ? line[7..] : name;
                data = line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : data;
                if (line.Length == 0 && name.Length > 0)
                {
                    return $"{name} {JsonNode.Parse(data)!["state"]}".TrimEnd();
                }
            }

            return "end";
        }

        (await NextAsync()).Should().Be("status unknown");
        (await NextAsync()).Should().Be("complete");
        await tenant.WriteStatusAsync(new JsonObject { ["phase"] = "Installing" });
        (await NextAsync()).Should().Be("status installing");
        (await editor.DeleteAsync("/api/admin/plugins/twilio")).Expect(HttpStatusCode.Accepted);
        (await NextAsync()).Should().StartWith("removed");
    }

    [Fact]
    public async Task Events_about_a_plugin_are_told_newest_first()
    {
        var (tenant, editor) = await InstalledAsync();
        var uid = (await tenant.PluginAsync())!["metadata"]!["uid"]!.GetValue<string>();
        foreach (var (reason, time) in new[] { ("Installing", "2026-01-01T00:00:00.000000Z"), ("Activated", "2026-01-01T00:01:00.000000Z") })
        {
            await fixture.CreateAsync($"apis/events.k8s.io/v1/namespaces/{tenant.Namespace}/events", (JsonObject)JsonNode.Parse($$$$"""
                {"metadata":{"name":"twilio.{{{{reason.ToLowerInvariant()}}}}"},"eventTime":"{{{{time}}}}","reportingController":"dotmac.io/operator","reportingInstance":"x","action":"x","type":"Normal",
                 "reason":"{{{{reason}}}}","note":"It is {{{{reason}}}}","regarding":{"apiVersion":"plugins.dotmac.io/v1alpha1","kind":"TenantPlugin","name":"twilio","namespace":"{{{{tenant.Namespace}}}}","uid":"{{{{uid}}}}"}}
                """)!);
        }

        var events = await AdminTenant.EventuallyAsync(() => editor.GetAsync("/api/admin/plugins/twilio/events"), static a => a.Json["events"]!.AsArray().Count == 2, "both are known");
        events.Json["events"]!.AsArray().Select(static e => e!["reason"]!.GetValue<string>()).Should().Equal("Activated", "Installing");
    }

    [Fact]
    public async Task The_audit_trail_shows_what_concerns_the_callers_tenants()
    {
        var (mine, other) = (await fixture.CreateTenantAsync(), await fixture.CreateTenantAsync());
        var file = Path.Combine(Path.GetTempPath(), $"dotmac-{Guid.NewGuid():N}.jsonl");
        string Line(int seq, string? ns) =>
            $$"""{"stream":"audit","seq":{{seq}},"time":"2026-01-01T00:00:{{seq:00}}Z","prev":"","operation":"install","result":"Succeeded","actor":{"name":"anna","kind":"User"}{{(ns is null ? "" : $$""","subject":{"kind":"TenantPlugin","namespace":"{{ns}}","name":"twilio"}""")}},"hash":""}""";
        await File.WriteAllTextAsync(file, $"{Line(1, mine.Namespace)}\n{Line(2, other.Namespace)}\n{Line(3, null)}\n{Line(4, mine.Namespace)}\n");
        try
        {
            await using var service = fixture.NewAdmin("--audit-file", file);
            await service.StartAsync();
            var viewer = fixture.Client(await fixture.TokenAsync(mine.Namespace, "auditor", ("view", mine.Namespace)), service);
            static IEnumerable<int> Seqs(AdminAnswer answer) => answer.Expect(HttpStatusCode.OK).Json["entries"]!.AsArray().Select(static e => e!["seq"]!.GetValue<int>());
            Seqs(await viewer.GetAsync("/api/admin/audit")).Should().Equal(4, 1);
            var page = await viewer.GetAsync("/api/admin/audit?limit=1&operation=install");
            Seqs(page).Should().Equal(4);
            Seqs(await viewer.GetAsync($"/api/admin/audit?limit=1&cursor={page.Json["next_cursor"]!.GetValue<string>()}")).Should().Equal(1);
            (await viewer.GetAsync("/api/admin/audit?cursor=zzz&result=odd")).Expect(HttpStatusCode.BadRequest).Errors.Keys.Should().BeEquivalentTo("?cursor", "?result");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IEnumerable<string> Ids(AdminAnswer list) => list.Expect(HttpStatusCode.OK).Json["plugins"]!.AsArray().Select(static p => p!["plugin_id"]!.GetValue<string>());

    private async Task<(AdminTenant Tenant, AdminClient Editor)> InstalledAsync()
    {
        var tenant = await fixture.CreateTenantAsync();
        var editor = await tenant.ClientAsync("edit");
        (await editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio())).Expect(HttpStatusCode.Created);
        return (tenant, editor);
    }

    private static async Task ActiveAsync(AdminTenant tenant, AdminClient editor)
    {
        var generation = (await tenant.PluginAsync())!["metadata"]!["generation"]!.GetValue<long>();
        await tenant.WriteStatusAsync((JsonObject)JsonNode.Parse($$"""
            {"observedGeneration":{{generation}},"phase":"Active","version":"1.0.0","readyReplicas":1,"replicas":1,"ready":"1/1",
             "conditions":[{"type":"Ready","status":"True","reason":"Ready","message":"It runs","lastTransitionTime":"2026-01-01T00:00:00Z"}],
             "health":{"state":"Healthy","checkedAt":"2026-01-01T00:00:00Z","checks":[{"name":"credentials","state":"Healthy"}]},
             "metrics":{"apiCalls":1042,"apiErrors":3,"errorRatePercent":"0.29","startedAt":"2026-01-01T00:00:00Z"} }
            """)!);
        await AdminTenant.EventuallyAsync(
            () => editor.GetAsync("/api/admin/plugins/twilio/status"), static a => a.Json["state"]?.GetValue<string>() == "active", "the service knows that it is active");
    }
}
