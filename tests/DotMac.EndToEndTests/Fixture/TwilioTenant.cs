using System.Text.Json.Nodes;

namespace DotMac.EndToEndTests.Fixture;

/// <summary>Tenants with a Twilio plugin that sends its messages to the stand-in.</summary>
internal static class TwilioTenant
{
    /// <summary>The stand-in's made-up account, as config/demo has it.</summary>
    public const string AccountSid = "ACdeadbeefdeadbeefdeadbeefdeadbeef";
    public const string AuthToken = "demo-token-of-the-stand-in";

    private const string StandIn = "http://twilio-stand-in.dotmac-demo.svc.cluster.local";

    /// <summary>A new tenant whose plugin is Active.</summary>
    public static async Task<PluginTenant> ActiveAsync()
    {
        var tenant = await CreateAsync(AuthToken);
        await tenant.WaitForAsync("is active and healthy", static s => PluginTenant.Text(s, "phase") == "Active" && PluginTenant.Text(s["health"], "state") == "Healthy");
        return tenant;
    }

    /// <summary>A new tenant with a plugin.</summary>
    public static async Task<PluginTenant> CreateAsync(string authToken)
    {
        var tenant = await PluginTenant.NewAsync("twilio");
        await tenant.WriteCredentialsAsync(new JsonObject { ["account_sid"] = AccountSid, ["auth_token"] = authToken });
        return await tenant.InstallAsync(new JsonObject
        {
            ["plugin"] = "twilio",
            ["config"] = new JsonObject
            {
                ["accountSid"] = "${secret:twilio-credentials/account_sid}",
                ["authToken"] = "${secret:twilio-credentials/auth_token}",
                ["phoneNumber"] = "+15005550006",
                ["baseUrl"] = StandIn,
            },
        });
    }

    /// <summary>A new tenant whose plugin has its credentials, and its number, from Vault, through the agent that the operator adds.</summary>
    public static async Task<PluginTenant> WithVaultAsync(VaultServer vault, JsonObject secret)
    {
        var tenant = await PluginTenant.NewAsync("twilio");
        await vault.WriteAsync(tenant.Tenant, "twilio", secret);
        return await tenant.InstallAsync(new JsonObject
        {
            ["plugin"] = "twilio",
            ["vault"] = new JsonObject { ["injection"] = "Sidecar" },
            ["config"] = new JsonObject
            {
                ["accountSid"] = "${vault:twilio/account_sid}",
                ["authToken"] = "${vault:twilio/auth_token}",
                ["phoneNumber"] = "${vault:twilio/number}",
                ["baseUrl"] = StandIn,
            },
            ["sandbox"] = new JsonObject
            {
                ["egress"] = new JsonArray(new JsonObject { ["host"] = "twilio-stand-in.dotmac-demo.svc.cluster.local", ["ports"] = new JsonArray(80, 8080) }),
            },
        });
    }
}
