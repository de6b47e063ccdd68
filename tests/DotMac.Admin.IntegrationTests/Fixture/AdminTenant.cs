using System.Net;
using System.Text.Json.Nodes;
using DotMac.Testing;

namespace DotMac.Admin.IntegrationTests.Fixture;

/// <summary>A tenant, and what tests do for and to it.</summary>
public sealed class AdminTenant(AdminFixture fixture, string id, string ns)
{
    public const string Account = "AC0123456789abcdef0123456789abcdef";

    /// <summary>Its id.</summary>
    public string Id => id;

    /// <summary>Its namespace.</summary>
    public string Namespace => ns;

    /// <summary>A client of somebody who has a role there.</summary>
    public async Task<AdminClient> ClientAsync(string role, string? name = null) => fixture.Client(await fixture.TokenAsync(ns, name ?? role, (role, ns)));

    /// <summary>The body of a request that installs Twilio as the guide prints it, with an account that could be one.</summary>
    public static string Twilio(string? tenant = null, string token = "your_token", string instance = "", bool dryRun = false)
    {
        var body = JsonNode.Parse($$$"""{"plugin_id":"twilio","config_data":{"account_sid":"{{{Account}}}","auth_token":"{{{token}}}","phone_number":"+1234567890"}}""")!.AsObject();
        if (tenant is not null)
        {
            body["tenant_id"] = tenant;
        }

        if (instance.Length > 0)
        {
            body["instance_id"] = instance;
        }

        if (dryRun)
        {
            body["dry_run"] = true;
        }

        return body.ToJsonString();
    }

    /// <summary>A TenantPlugin as Kubernetes has it; null when it is not there.</summary>
    public async Task<JsonNode?> PluginAsync(string name = "twilio")
    {
        try
        {
            return await fixture.ControlPlane.SendAsync(HttpMethod.Get, Path(name));
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Makes a TenantPlugin without the service, and waits until the service knows it.</summary>
    public async Task ApplyAsync(JsonObject spec, string name = "twilio")
    {
        await fixture.CreateAsync($"apis/plugins.dotmac.io/v1alpha1/namespaces/{ns}/tenantplugins", new JsonObject
        {
            ["apiVersion"] = "plugins.dotmac.io/v1alpha1",
            ["kind"] = "TenantPlugin",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = spec,
        });
    }

    /// <summary>Writes a status, as the operator would.</summary>
    public Task<JsonNode> WriteStatusAsync(JsonObject status, string name = "twilio") =>
        fixture.ControlPlane.SendAsync(HttpMethod.Patch, $"{Path(name)}/status", new JsonObject { ["status"] = status }, "application/merge-patch+json");

    /// <summary>Changes a TenantPlugin without the service.</summary>
    public Task<JsonNode> PatchAsync(JsonObject patch, string name = "twilio") => fixture.ControlPlane.SendAsync(HttpMethod.Patch, Path(name), patch, "application/merge-patch+json");

    /// <summary>Waits until the service answers as expected.</summary>
    public static async Task<AdminAnswer> EventuallyAsync(Func<Task<AdminAnswer>> ask, Func<AdminAnswer, bool> fits, string description)
    {
        AdminAnswer? last = null;
        await Eventually.BeTrueAsync(async () => fits(last = await ask()), TimeSpan.FromSeconds(30), () => $"{description}; the last answer was {last?.Status} {last?.Text}");
        return last!;
    }

    private string Path(string name) => $"apis/plugins.dotmac.io/v1alpha1/namespaces/{ns}/tenantplugins/{name}";
}
