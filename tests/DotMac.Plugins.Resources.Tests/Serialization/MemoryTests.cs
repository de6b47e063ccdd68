using System.Globalization;
using DotMac.Plugins.Resources.Tests.Support;

namespace DotMac.Plugins.Resources.Tests.Serialization;

[Collection(AloneCollection.Name)]
public sealed class MemoryTests
{
    private const int Objects = 2000;
    private const int MostBytes = 4506;

    // 4.4 KB: what ten thousand of them may take of the operator's memory.
    [Fact]
    public void A_cached_TenantPlugin_with_a_full_status_is_small()
    {
        _ = Read(0);
        var kept = new TenantPlugin[Objects];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Objects; i++)
        {
            kept[i] = Read(i);
        }

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Objects;
        GC.KeepAlive(kept);
        each.Should().BeInRange(1, MostBytes);
    }

    private static TenantPlugin Read(int index)
    {
        string[] conditions = ["Ready", "ConfigValid", "DependenciesReady", "SecretsReady", "SecretsInjected", "Available", "Healthy"];
        var list = string.Join(',', conditions.Select(type =>
            $$$$"""{"type":"{{{{type}}}}","status":"True","observedGeneration":3,"lastTransitionTime":"2026-01-31T12:00:00Z","reason":"Succeeded","message":"all is well"}"""));
        return Json.Read<TenantPlugin>($$$$"""
            {"apiVersion":"plugins.dotmac.io/v1alpha1","kind":"TenantPlugin",
             "metadata":{"name":"twilio","namespace":"tenant-{{{{(index % 500).ToString(CultureInfo.InvariantCulture)}}}}","uid":"{{{{Guid.NewGuid()}}}}","resourceVersion":"{{1000000 + index}}","generation":3,"creationTimestamp":"2026-01-31T12:00:00Z","finalizers":["plugins.dotmac.io/finalizer"]},
             "spec":{"plugin":"twilio","version":"1.0.0","config":{"accountSid":"${vault:twilio/account_sid}","authToken":"${vault:twilio/auth_token}","phoneNumber":"+15005550006"},"resources":{"limits":{"memory":"256Mi","cpu":"100m"}}},
             "status":{"observedGeneration":3,"phase":"Active","tenant":"t{{{{index % 500}}}}","version":"1.0.0","image":"ghcr.io/dotmac/plugin-twilio@sha256:0000000000000000000000000000000000000000000000000000000000000000","replicas":1,"readyReplicas":1,"ready":"1/1","conditions":[{{{{list}}}}],
              "health":{"state":"Healthy","checkedAt":"2026-01-31T12:00:00Z","message":"","checks":[{"name":"credentials","state":"Healthy","message":""},{"name":"api","state":"Healthy","message":""}]},
              "metrics":{"apiCalls":1042,"apiErrors":3,"errorRatePercent":"0.29","latencyP50Milliseconds":41,"latencyP95Milliseconds":120,"startedAt":"2026-01-31T12:00:00Z","restarts":0,"observedAt":"2026-01-31T12:00:00Z"}}}
            """);
    }
}
