using System.Net;
using System.Text.Json.Nodes;
using DotMac.Admin.IntegrationTests.Fixture;
using DotMac.StandIns.Vault;

namespace DotMac.Admin.IntegrationTests;

/// <summary>Secrets that come in with requests are kept in Vault, and nowhere else; what fails leaves nothing behind.</summary>
[Collection(AdminCollection.Name)]
public sealed class SecretTests(AdminFixture fixture)
{
    private const string Secret = "s3cret-of-the-tenant";

    [Fact]
    public async Task A_secret_goes_to_Vault_and_a_reference_to_Kubernetes()
    {
        var tenant = await fixture.CreateTenantAsync();
        var editor = await tenant.ClientAsync("edit");
        var installed = (await editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(token: Secret))).Expect(HttpStatusCode.Created);
        var stored = (await tenant.PluginAsync())!;
        var reference = stored["spec"]!["config"]!["authToken"]!.GetValue<string>();
        reference.Should().MatchRegex(@"^\$\{vault:twilio/[0-9a-f]{10}/auth_token\}$");
        stored.ToJsonString().Should().NotContain(Secret);
        installed.Text.Should().NotContain(Secret);
        installed.Json["plugin"]!["config_data"]!["auth_token"]!.GetValue<string>().Should().Be(reference);
        (await ReadAsync(tenant, reference)).Should().Be(Secret);
        fixture.Admin.Log.Should().NotContain(Secret);
        fixture.Vault.Audit.Should().NotContain(static e => e.Method == "GET" && e.DisplayName.Contains("admin", StringComparison.Ordinal), "the service cannot read");
    }

    [Fact]
    public async Task Another_secret_gets_a_place_of_its_own_so_that_a_rollback_finds_the_one_of_its_time()
    {
        var tenant = await fixture.CreateTenantAsync();
        var editor = await tenant.ClientAsync("edit");
        var installed = (await editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(token: "first"))).Expect(HttpStatusCode.Created);
        var config = installed.Json["plugin"]!["config_data"]!.AsObject();
        var first = config["auth_token"]!.GetValue<string>();

        // What was read can be sent back as it is.
        var same = (await editor.PutAsync("/api/admin/plugins/twilio/config", new JsonObject { ["config_data"] = config.DeepClone() }.ToJsonString())).Expect(HttpStatusCode.OK);
        same.Json["result"]!.GetValue<string>().Should().Be("unchanged");

        config["auth_token"] = "second";
        var changed = (await editor.PutAsync("/api/admin/plugins/twilio/config", new JsonObject { ["config_data"] = config.DeepClone() }.ToJsonString())).Expect(HttpStatusCode.OK);
        var second = changed.Json["plugin"]!["config_data"]!["auth_token"]!.GetValue<string>();
        second.Should().NotBe(first);
        (await ReadAsync(tenant, first)).Should().Be("first");
        (await ReadAsync(tenant, second)).Should().Be("second");

        config["auth_token"] = "***";
        (await editor.PutAsync("/api/admin/plugins/twilio/config", new JsonObject { ["config_data"] = config.DeepClone() }.ToJsonString()))
            .Expect(HttpStatusCode.UnprocessableEntity).Errors.Keys.Should().Equal("/config_data/auth_token");
    }

    [Fact]
    public async Task Where_Vault_cannot_keep_it_nothing_is_installed()
    {
        var tenant = await fixture.CreateTenantAsync();
        var editor = await tenant.ClientAsync("edit");
        (await fixture.Platform.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(tenant.Id, instance: "warm-up"))).Expect(HttpStatusCode.Created);

        // A write may have got through: it is not sent again.
        fixture.Vault.AnswerNext(new PreparedAnswer(500, """{"errors":["internal error"]}"""));
        var refused = (await editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(token: Secret))).Expect(HttpStatusCode.ServiceUnavailable);
        refused.Text.Should().NotContain(Secret);
        (await tenant.PluginAsync()).Should().BeNull();
        (await editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(token: Secret))).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task What_Kubernetes_refuses_puts_nothing_into_Vault()
    {
        var tenant = await fixture.CreateTenantAsync();
        var editor = await tenant.ClientAsync("edit");
        await fixture.CreateAsync($"api/v1/namespaces/{tenant.Namespace}/resourcequotas", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "none" },
            ["spec"] = new JsonObject { ["hard"] = new JsonObject { ["count/tenantplugins.plugins.dotmac.io"] = "0" } },
        });
        await AdminTenant.EventuallyAsync(
            () => editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(token: Secret, dryRun: true)), static a => a.Status == HttpStatusCode.Forbidden, "the quota is heeded");
        var refused = (await editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(token: Secret))).Expect(HttpStatusCode.Forbidden);
        refused.Json["detail"]!.GetValue<string>().Should().Contain("quota");
        fixture.Vault.Audit.Should().NotContain(e => e.Path.Contains($"tenants/{tenant.Id}/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_asks_everybody_and_stores_nothing()
    {
        var tenant = await fixture.CreateTenantAsync();
        var editor = await tenant.ClientAsync("edit");
        var asked = (await editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(token: Secret, dryRun: true))).Expect(HttpStatusCode.OK).Json;
        asked["dry_run"]!.GetValue<bool>().Should().BeTrue();
        asked["plugin"]!["plugin_id"]!.GetValue<string>().Should().Be("twilio");
        (await tenant.PluginAsync()).Should().BeNull();
        fixture.Vault.Audit.Should().NotContain(e => e.Path.Contains($"tenants/{tenant.Id}/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_Vault_secrets_are_refused_and_references_are_not()
    {
        var tenant = await fixture.CreateTenantAsync();
        await using var bare = new AdminInstance(fixture.ControlPlane.WriteKubeconfig("system:serviceaccount:dotmac-system:dotmac-admin"));
        await bare.StartAsync();
        var editor = fixture.Client(await fixture.TokenAsync(tenant.Namespace, "bare", ("edit", tenant.Namespace)), bare);
        var refused = (await editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(token: Secret))).Expect(HttpStatusCode.UnprocessableEntity);
        refused.Errors["/config_data"].Should().Contain("--vault-address");
        (await editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(token: "${secret:twilio/token}"))).Expect(HttpStatusCode.Created);
        bare.Log.Should().NotContain(Secret);
    }

    private async Task<string?> ReadAsync(AdminTenant tenant, string reference)
    {
        var path = reference["${vault:".Length..^1];
        var slash = path.LastIndexOf('/');
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Vault-Token", fixture.Vault.RootToken);
        var answer = JsonNode.Parse(await http.GetStringAsync(new Uri(fixture.Vault.Address, $"/v1/secret/data/tenants/{tenant.Id}/{path[..slash]}")))!;
        return answer["data"]!["data"]![path[(slash + 1)..]]!.GetValue<string>();
    }
}
