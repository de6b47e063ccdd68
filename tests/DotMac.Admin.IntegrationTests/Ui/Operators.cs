using System.Text.Json.Nodes;
using DotMac.Admin.IntegrationTests.Fixture;

namespace DotMac.Admin.IntegrationTests.Ui;

/// <summary>What an operator would write into statuses.</summary>
internal static class Operators
{
    /// <summary>A tenant with a Twilio plugin that runs.</summary>
    public static async Task<AdminTenant> InstalledAsync(AdminFixture fixture)
    {
        var tenant = await fixture.CreateTenantAsync();
        await tenant.ApplyAsync(new JsonObject
        {
            ["plugin"] = "twilio",
            ["config"] = new JsonObject { ["accountSid"] = AdminTenant.Account, ["authToken"] = "${secret:twilio-credentials/auth_token}", ["phoneNumber"] = "+15005550006" },
        });
        await ActiveAsync(tenant);
        return tenant;
    }

    /// <summary>A plugin whose pods are started.</summary>
    public static Task StartingAsync(AdminTenant tenant, string name = "twilio") => WriteAsync(tenant, name, "Installing", new JsonObject
    {
        ["conditions"] = new JsonArray(
            Condition("ConfigValid", "True", "Valid"),
            Condition("DependenciesReady", "True", "NoDependencies"),
            Condition("SecretsReady", "True", "SecretsFound"),
            Condition("Available", "False", "Progressing", "0 of 1 pods are ready"),
            Condition("Reconciling", "True", "Progressing"),
            Condition("Ready", "False", "Progressing", "0 of 1 pods are ready")),
    });

    /// <summary>A plugin that runs and is used.</summary>
    public static Task ActiveAsync(AdminTenant tenant, string name = "twilio", long calls = 1042, DateTimeOffset? at = null) => WriteAsync(tenant, name, "Active", new JsonObject
    {
        ["version"] = "1.0.0",
        ["image"] = "ghcr.io/dotmac/plugin-twilio:1.0.0",
        ["ready"] = "1/1",
        ["readyReplicas"] = 1,
        ["health"] = Health("Healthy", "accepted"),
        ["metrics"] = new JsonObject
        {
            ["apiCalls"] = calls,
            ["apiErrors"] = calls / 300,
            ["errorRatePercent"] = "0.29",
            ["latencyP50Milliseconds"] = 84 + (calls % 40),
            ["latencyP95Milliseconds"] = 210 + (calls % 90),
            ["startedAt"] = "2026-01-31T12:00:00Z",
            ["restarts"] = 0,
            ["memory"] = "43Mi",
            ["observedAt"] = (at ?? DateTimeOffset.UtcNow).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        },
        ["conditions"] = new JsonArray(
            Condition("ConfigValid", "True", "Valid"),
            Condition("DependenciesReady", "True", "NoDependencies"),
            Condition("SecretsReady", "True", "SecretsFound"),
            Condition("Available", "True", "PodsAvailable"),
            Condition("Healthy", "True", "ChecksPassed"),
            Condition("Ready", "True", "Succeeded")),
    });

    /// <summary>A plugin whose credentials are refused.</summary>
    public static Task DegradedAsync(AdminTenant tenant, string message, string name = "twilio") => WriteAsync(tenant, name, "Degraded", new JsonObject
    {
        ["ready"] = "1/1",
        ["readyReplicas"] = 1,
        ["health"] = Health("Unhealthy", message),
        ["conditions"] = new JsonArray(
            Condition("ConfigValid", "True", "Valid"),
            Condition("SecretsReady", "True", "SecretsFound"),
            Condition("Available", "True", "PodsAvailable"),
            Condition("Healthy", "False", "ChecksFailed", message),
            Condition("Ready", "False", "ChecksFailed", message)),
    });

    /// <summary>A plugin that is stopped.</summary>
    public static Task InactiveAsync(AdminTenant tenant, string name = "twilio") => WriteAsync(tenant, name, "Inactive", new JsonObject
    {
        ["conditions"] = new JsonArray(
            Condition("ConfigValid", "True", "Valid"),
            Condition("Ready", "False", "Deactivated", "it is deactivated")),
    });

    /// <summary>Tells an event.</summary>
    public static async Task TellAsync(AdminFixture fixture, AdminTenant tenant, string reason, string message, string name = "twilio")
    {
        var plugin = (await tenant.PluginAsync(name))!;
        await fixture.CreateAsync($"api/v1/namespaces/{tenant.Namespace}/events", new JsonObject
        {
            ["metadata"] = new JsonObject { ["generateName"] = "told-" },
            ["involvedObject"] = new JsonObject
            {
                ["apiVersion"] = "plugins.dotmac.io/v1alpha1",
                ["kind"] = "TenantPlugin",
                ["namespace"] = tenant.Namespace,
                ["name"] = name,
                ["uid"] = plugin["metadata"]!["uid"]!.GetValue<string>(),
            },
            ["type"] = "Normal",
            ["reason"] = reason,
            ["message"] = message,
            ["lastTimestamp"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["count"] = 1,
        });
    }

    public static JsonObject Condition(string type, string status, string reason, string message = "as it should be") => new()
    {
        ["type"] = type,
        ["status"] = status,
        ["reason"] = reason,
        ["message"] = message,
        ["lastTransitionTime"] = "2026-01-31T12:00:00Z",
    };

    private static JsonObject Health(string state, string message) => new()
    {
        ["state"] = state,
        ["checkedAt"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        ["message"] = message,
        ["checks"] = new JsonArray(new JsonObject { ["name"] = "credentials", ["state"] = state, ["message"] = message }),
    };

    private static async Task WriteAsync(AdminTenant tenant, string name, string phase, JsonObject status)
    {
        status["phase"] = phase;
        status["observedGeneration"] = (await tenant.PluginAsync(name))!["metadata"]!["generation"]!.GetValue<long>();
        await tenant.WriteStatusAsync(status, name);
    }
}
