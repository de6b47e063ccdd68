using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using DotMac.Testing;
using DotMac.Testing.Cluster;

namespace DotMac.Bench.Admin;

/// <summary>The measurement: a real API server with plugins of many tenants, the service as it is published, and wrk.</summary>
internal static class AdminBench
{
    private const int Tenants = 20;

    public static async Task RunAsync(string admin, int plugins, WrkLoad load, int rounds, bool isUi)
    {
        await using var server = await ControlPlane.StartAsync(new ControlPlaneOptions { ControllerManager = true });
        await PrepareAsync(server, plugins);
        var port = LoopbackPorts.Free(1)[0];
        var address = new Uri($"http://127.0.0.1:{port}");
        using var service = await ProcessParent.Instance.StartAsync(new ProcessStartInfo("setpriv")
        {
            RedirectStandardError = true,
            ArgumentList =
            {
                "--pdeathsig", "KILL", "--", "dotnet", admin,
                "--kubeconfig", server.WriteKubeconfig("system:serviceaccount:dotmac-system:dotmac-admin"), "--bind-address", $"127.0.0.1:{port}", "--requests-per-second", "100000",
            },
        });
        service.ErrorDataReceived += static (_, _) => { };
        service.BeginErrorReadLine();
        var (everywhere, one) = (await TokenAsync(server, "everywhere", null), await TokenAsync(server, "one", "tenant-0"));
        await WaitAsync(address, everywhere, plugins);
        if (isUi)
        {
            await UiBench.RunAsync(address, everywhere, plugins, rounds);
            service.Refresh();
            Console.WriteLine($"resident: {service.WorkingSet64 / 1048576} MiB");
            return;
        }

        Console.WriteLine($"{plugins} plugins of {Tenants} tenants; {load.Rate} requests a second for {load.Seconds} s on each path; milliseconds");
        Console.WriteLine("| path | requests/s | p50 | p99 | longest | failed | bytes | p99 ÷ health |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        await Wrk.RunAsync(new Uri(address, "healthz"), null, load with { Seconds = 5 });
        await Wrk.RunAsync(new Uri(address, "api/admin/plugins"), everywhere, load with { Seconds = 5 });
        for (var round = 0; round < rounds; round++)
        {
            var health = await Wrk.RunAsync(new Uri(address, "healthz"), null, load);
            Print("healthz", health, health);
            Print("list, 100 a page, all tenants", await Wrk.RunAsync(new Uri(address, "api/admin/plugins"), everywhere, load), health);
            Print("list, who sees one tenant of 20", await Wrk.RunAsync(new Uri(address, "api/admin/plugins"), one, load), health);
            Print("list, filtered by state and text", await Wrk.RunAsync(new Uri(address, "api/admin/plugins?state=active&search=twilio-1"), everywhere, load), health);
            Print("status of one", await Wrk.RunAsync(new Uri(address, "api/admin/plugins/twilio-1/status?tenant_id=t0"), everywhere, load), health);
        }

        service.Refresh();
        Console.WriteLine($"resident: {service.WorkingSet64 / 1048576} MiB");
    }

    private static void Print(string path, WrkResult result, WrkResult health) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {path} | {result.Rate:0} | {result.P50:0.00} | {result.P99:0.00} | {result.Longest:0.0} | {result.Failed} | {result.Bytes:0} | {result.P99 / health.P99:0.0} |"));

    private static async Task PrepareAsync(ControlPlane server, int plugins)
    {
        foreach (var crd in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "crds"), "*.yaml"))
        {
            await server.ApplyCrdAsync(await File.ReadAllTextAsync(crd));
        }

        foreach (var file in new[] { "config/operator/namespace.yaml", "config/operator/roles.yaml", "config/admin/rbac.yaml", "config/catalog/twilio.yaml" })
        {
            foreach (var manifest in YamlText.ToJson(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, file))))
            {
                await server.SendAsync(HttpMethod.Patch, PathOf(manifest) + "?fieldManager=bench&force=true", manifest, "application/apply-patch+yaml");
            }
        }

        for (var i = 0; i < Tenants; i++)
        {
            await server.SendAsync(HttpMethod.Post, "api/v1/namespaces", JsonNode.Parse($$$$"""{"metadata":{"name":"tenant-{{{{i}}}}","labels":{"plugins.dotmac.io/tenant":"t{{{{i}}}}"}}}"""));
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, plugins), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var collection = $"apis/plugins.dotmac.io/v1alpha1/namespaces/tenant-{i % Tenants}/tenantplugins";
            await server.SendAsync(HttpMethod.Post, collection, JsonNode.Parse($$$$"""
                {"apiVersion":"plugins.dotmac.io/v1alpha1","kind":"TenantPlugin","metadata":{"name":"twilio-{{{{i / Tenants}}}}"},
                 "spec":{"plugin":"twilio","config":{"accountSid":"${vault:twilio/account_sid}","authToken":"${vault:twilio/auth_token}","phoneNumber":"+15005550006"}}}
                """));
            await server.SendAsync(HttpMethod.Patch, $"{collection}/twilio-{i / Tenants}/status", JsonNode.Parse("""
                {"status":{"observedGeneration":1,"phase":"Active","version":"1.0.0","ready":"1/1","readyReplicas":1,"replicas":1,
                 "conditions":[{"type":"Ready","status":"True","reason":"Ready","message":"It runs","lastTransitionTime":"2026-01-01T00:00:00Z"}],
                 "health":{"state":"Healthy","checkedAt":"2026-01-01T00:00:00Z","checks":[{"name":"credentials","state":"Healthy"}]},"metrics":{"apiCalls":1042,"apiErrors":3}}}
                """), "application/merge-patch+json");
        });
    }

    private static async Task<string> TokenAsync(ControlPlane server, string name, string? ns)
    {
        await server.SendAsync(HttpMethod.Post, "api/v1/namespaces/dotmac-system/serviceaccounts", JsonNode.Parse($$$"""{"metadata":{"name":"{{{name}}}"}}"""));
        var place = ns is null ? "clusterrolebindings" : $"namespaces/{ns}/rolebindings";
        await server.SendAsync(HttpMethod.Post, $"apis/rbac.authorization.k8s.io/v1/{place}", JsonNode.Parse($$$"""
            {"metadata":{"name":"bench-{{{name}}}"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"},
             "subjects":[{"kind":"ServiceAccount","name":"{{{name}}}","namespace":"dotmac-system"}]}
            """));
        return await server.CreateTokenAsync("dotmac-system", name);
    }

    private static async Task WaitAsync(Uri address, string token, int plugins)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await Eventually.BeTrueAsync(
            async () =>
            {
                try
                {
                    var tenants = JsonNode.Parse(await http.GetStringAsync(new Uri(address, "api/admin/tenants")))!;
                    return tenants["tenants"]!.AsArray().Sum(static t => t!["installed"]!.GetValue<int>()) == plugins;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(120),
            "the service knows all plugins");
    }

    private static string PathOf(JsonNode manifest)
    {
        var version = manifest["apiVersion"]!.GetValue<string>();
        var root = version.Contains('/', StringComparison.Ordinal) ? $"apis/{version}" : $"api/{version}";
        var ns = manifest["metadata"]!["namespace"]?.GetValue<string>();
        return $"{(ns is null ? root : $"{root}/namespaces/{ns}")}/{manifest["kind"]!.GetValue<string>().ToLowerInvariant()}s/{manifest["metadata"]!["name"]!.GetValue<string>()}";
    }
}
