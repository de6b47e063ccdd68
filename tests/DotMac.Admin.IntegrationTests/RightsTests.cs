using System.Net;
using System.Text.Json.Nodes;
using DotMac.Admin.IntegrationTests.Fixture;

namespace DotMac.Admin.IntegrationTests;

/// <summary>Who may do what: every path, asked by everybody, for a tenant of theirs, of others and of nobody.</summary>
[Collection(AdminCollection.Name)]
public sealed class RightsTests(AdminFixture fixture)
{
    private static readonly (string Method, string Path, string Needs)[] Plugin =
    [
        ("GET", "/api/admin/plugins/{id}?tenant_id={tenant}", "view"),
        ("GET", "/api/admin/plugins/{id}/status?tenant_id={tenant}", "view"),
        ("GET", "/api/admin/plugins/{id}/metrics?tenant_id={tenant}", "view"),
        ("GET", "/api/admin/plugins/{id}/events?tenant_id={tenant}", "view"),
        ("GET", "/api/admin/plugins/{id}/revisions?tenant_id={tenant}", "view"),
        ("POST", "/api/admin/plugins/{id}/activate?tenant_id={tenant}", "edit"),
        ("POST", "/api/admin/plugins/{id}/restart?tenant_id={tenant}", "edit"),
        ("POST", "/api/admin/plugins/{id}/upgrade?tenant_id={tenant}", "edit"),
        ("PUT", "/api/admin/plugins/{id}/config?tenant_id={tenant}", "edit"),
        ("PUT", "/api/admin/plugins/{id}?tenant_id={tenant}", "edit"),
        ("POST", "/api/admin/plugins/{id}/deactivate?tenant_id={tenant}", "edit"),

        // These two may be done, and cannot: nothing was healthy yet, and nothing runs.
        ("POST", "/api/admin/plugins/{id}/rollback?tenant_id={tenant}", "edit/409"),
        ("POST", "/api/admin/plugins/{id}/test?tenant_id={tenant}", "edit/409"),

        // Pods are read with the caller's own right to them; there are none.
        ("GET", "/api/admin/plugins/{id}/logs?tenant_id={tenant}", "view/404"),
        ("DELETE", "/api/admin/plugins/{id}?tenant_id={tenant}", "edit"),
    ];

    private static readonly string[] Anywhere = ["/api/admin/plugins", "/api/admin/catalog/twilio", "/api/admin/changes", "/api/admin/audit"];

    public static TheoryData<string, string, string> Routes
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var (method, path, needs) in Plugin)
            {
                data.Add(method, path, needs);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_plugin_is_seen_and_changed_by_whom_Kubernetes_lets(string method, string path, string needs)
    {
        var (mine, other) = (await fixture.CreateTenantAsync(), await fixture.CreateTenantAsync());
        foreach (var tenant in new[] { mine, other })
        {
            await tenant.ApplyAsync((JsonObject)JsonNode.Parse("""{"plugin":"twilio","config":{"accountSid":"AC0123456789abcdef0123456789abcdef","authToken":"${env:T}","phoneNumber":"+15005550006"}}""")!);
            await AdminTenant.EventuallyAsync(() => fixture.Platform.GetAsync($"/api/admin/plugins/twilio?tenant_id={tenant.Id}"), static a => a.Status == HttpStatusCode.OK, "the service knows the plugin");
        }

        var body = path.Contains("/config", StringComparison.Ordinal) || (method == "PUT") ? """{"security":{"sandbox_enabled":true}}""" : null;
        Task<AdminAnswer> Ask(AdminClient client, AdminTenant tenant, string id = "twilio") =>
            client.SendAsync(new HttpMethod(method), path.Replace("{id}", id, StringComparison.Ordinal).Replace("{tenant}", tenant.Id, StringComparison.Ordinal), body);

        (await Ask(fixture.Client(null), mine)).Expect(HttpStatusCode.Unauthorized);
        (await Ask(fixture.Client("made-up"), mine)).Expect(HttpStatusCode.Unauthorized);

        // Who may see nothing there is told the same of what is there and of what is not.
        var stranger = await mine.ClientAsync("dotmac-catalog-view", "stranger");
        var there = (await Ask(stranger, mine)).Expect(HttpStatusCode.NotFound);
        var nowhere = (await Ask(stranger, mine, "nothing")).Expect(HttpStatusCode.NotFound);
        Same(there, "twilio").Should().Be(Same(nowhere, "nothing"));

        var (viewer, editor) = (await mine.ClientAsync("view"), await mine.ClientAsync("edit"));
        var foreign = (await Ask(editor, other)).Expect(HttpStatusCode.NotFound);
        Same(foreign, "twilio").Should().Be(Same(await Ask(editor, other, "nothing"), "nothing"), "the right to one tenant's is none to another's");
        (await other.PluginAsync())!["spec"]!["enabled"].Should().BeNull();

        var expected = needs.Contains('/', StringComparison.Ordinal) ? (HttpStatusCode)int.Parse(needs[^3..], System.Globalization.CultureInfo.InvariantCulture)
            : method == "DELETE" ? HttpStatusCode.Accepted
            : HttpStatusCode.OK;
        (await Ask(viewer, mine)).Expect(needs.StartsWith("view", StringComparison.Ordinal) ? expected : HttpStatusCode.Forbidden);
        (await Ask(editor, mine)).Expect(expected);
    }

    [Fact]
    public async Task Installing_needs_the_right_to_create_there()
    {
        var (mine, other) = (await fixture.CreateTenantAsync(), await fixture.CreateTenantAsync());
        var (stranger, viewer, editor) = (await mine.ClientAsync("dotmac-catalog-view", "stranger"), await mine.ClientAsync("view"), await mine.ClientAsync("edit"));
        Task<AdminAnswer> Install(AdminClient client, string tenant) => client.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(tenant));
        (await Install(fixture.Client(null), mine.Id)).Expect(HttpStatusCode.Unauthorized);
        (await Install(stranger, mine.Id)).Expect(HttpStatusCode.NotFound);
        (await Install(viewer, mine.Id)).Expect(HttpStatusCode.Forbidden);
        var foreign = (await Install(editor, other.Id)).Expect(HttpStatusCode.NotFound);
        var nowhere = (await Install(editor, "no-such-tenant")).Expect(HttpStatusCode.NotFound);
        Same(foreign, other.Id).Should().Be(Same(nowhere, "no-such-tenant"));
        (await Install(editor, mine.Id)).Expect(HttpStatusCode.Created);
        (await other.PluginAsync()).Should().BeNull();
        fixture.Vault.Audit.Where(e => e.Path.Contains($"tenants/{other.Id}/", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public async Task Lists_hold_what_may_be_seen_and_nothing_else()
    {
        var (mine, other) = (await fixture.CreateTenantAsync(), await fixture.CreateTenantAsync());
        (await fixture.Platform.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(mine.Id))).Expect(HttpStatusCode.Created);
        (await fixture.Platform.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio(other.Id))).Expect(HttpStatusCode.Created);
        var viewer = await mine.ClientAsync("view");
        var list = (await viewer.GetAsync("/api/admin/plugins")).Expect(HttpStatusCode.OK);
        list.Text.Should().Contain(mine.Namespace).And.NotContain(other.Namespace).And.NotContain($"\"{other.Id}\"");
        (await viewer.GetAsync($"/api/admin/plugins?tenant_id={other.Id}")).Expect(HttpStatusCode.NotFound);
        var tenants = (await viewer.GetAsync("/api/admin/tenants")).Expect(HttpStatusCode.OK);
        tenants.Json["tenants"]!.AsArray().Select(static t => t!["tenant_id"]!.GetValue<string>()).Should().Equal(mine.Id);
        (await fixture.Platform.GetAsync("/api/admin/plugins?limit=500")).Text.Should().Contain(mine.Namespace).And.Contain(other.Namespace);

        var stranger = await mine.ClientAsync("dotmac-catalog-view", "stranger");
        foreach (var path in Anywhere)
        {
            (await fixture.Client(null).GetAsync(path)).Expect(HttpStatusCode.Unauthorized);
            (await stranger.GetAsync(path)).Expect(HttpStatusCode.Forbidden);
        }

        (await stranger.GetAsync("/api/admin/tenants")).Expect(HttpStatusCode.OK).Json["tenants"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task Every_path_of_the_description_is_known_here_or_checked_elsewhere_and_none_lets_a_stranger_in()
    {
        var document = (await fixture.Client(null).GetAsync("/openapi/v1.json")).Expect(HttpStatusCode.OK).Json;
        var count = 0;
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            foreach (var (method, _) in item!.AsObject().Where(static m => m.Key != "parameters"))
            {
                count++;
                var asked = path.Replace("{id}", "twilio", StringComparison.Ordinal);
                var answer = await fixture.Client(null).SendAsync(new HttpMethod(method.ToUpperInvariant()), asked, method is "post" or "put" ? "{}" : null);
                answer.Expect(HttpStatusCode.Unauthorized).Headers["Content-Type"].Should().StartWith("application/problem+json");
            }
        }

        count.Should().Be(Plugin.Length + Anywhere.Length + 2, "each path is in one of the tests of this class: a new one belongs there too");
        (await fixture.Client(null).GetAsync("/api/admin/nothing")).Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_that_was_revoked_is_refused_once_its_review_is_forgotten()
    {
        var tenant = await fixture.CreateTenantAsync();
        var viewer = await tenant.ClientAsync("view", "leaver");
        (await viewer.GetAsync("/api/admin/plugins")).Expect(HttpStatusCode.OK);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        using var stream = new StreamReader(await viewer.OpenAsync("/api/admin/changes", stop.Token));

        // A token of a service account ends with it.
        await fixture.ControlPlane.SendAsync(HttpMethod.Delete, $"api/v1/namespaces/{tenant.Namespace}/serviceaccounts/leaver");
        await AdminTenant.EventuallyAsync(() => viewer.GetAsync("/api/admin/plugins"), static a => a.Status == HttpStatusCode.Unauthorized, "the token is nobody's any more");
        (await stream.ReadToEndAsync(stop.Token)).Should().Contain("event: signed_out", "a stream ends with the token that it was opened with");
    }

    [Fact]
    public async Task A_right_that_was_taken_away_is_gone_once_its_review_is_forgotten()
    {
        var tenant = await fixture.CreateTenantAsync();
        var editor = await tenant.ClientAsync("edit", "former");
        (await editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio())).Expect(HttpStatusCode.Created);
        await fixture.ControlPlane.SendAsync(HttpMethod.Delete, $"apis/rbac.authorization.k8s.io/v1/namespaces/{tenant.Namespace}/rolebindings/{tenant.Namespace}-former-edit");
        await AdminTenant.EventuallyAsync(() => editor.PostAsync("/api/admin/plugins/twilio/deactivate"), static a => a.Status == HttpStatusCode.NotFound, "nothing is seen any more");
        (await tenant.PluginAsync())!["spec"]!["enabled"].Should().BeNull();
    }

    [Fact]
    public async Task The_service_itself_writes_nothing_and_Kubernetes_names_the_caller()
    {
        var tenant = await fixture.CreateTenantAsync();
        var editor = await tenant.ClientAsync("edit", "anna");
        var before = await fixture.ControlPlane.MarkAsync();
        (await editor.PostAsync("/api/admin/plugins/install", AdminTenant.Twilio())).Expect(HttpStatusCode.Created);
        (await editor.PostAsync("/api/admin/plugins/twilio/deactivate")).Expect(HttpStatusCode.OK);
        (await editor.DeleteAsync("/api/admin/plugins/twilio")).Expect(HttpStatusCode.Accepted);
        var writes = (await fixture.ControlPlane.WritesAsync("dotmac-admin", before)).Where(static w => w.Resource is not ("tokenreviews" or "subjectaccessreviews")).ToList();
        writes.Select(static w => w.Verb).Should().Equal("create", "create", "patch", "delete");
        writes.Should().OnlyContain(w => w.User == $"system:serviceaccount:{tenant.Namespace}:anna");
    }

    // An answer but for the name that was asked for and the id of the request.
    private static string Same(AdminAnswer answer, string name)
    {
        var json = answer.Json.AsObject();
        json.Remove("correlation_id");
        return $"{(int)answer.Status} {json.ToJsonString().Replace(name, "?", StringComparison.Ordinal)}";
    }
}
