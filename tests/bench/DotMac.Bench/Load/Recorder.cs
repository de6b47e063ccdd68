using System.Text.Json.Nodes;
using DotMac.Bench.Processes;
using DotMac.Kubernetes.Serialization;
using DotMac.Testing;

namespace DotMac.Bench.Load;

/// <summary>
/// Learns from the API server's audit log what the operator writes for one TenantPlugin, so that the bare loop sends the very same.
/// </summary>
internal static class Recorder
{
    private static readonly TimeSpan AfterTheLast = TimeSpan.FromSeconds(3);

    // Later flags win over those that the control plane of the tests gives: this one records bodies.
    private const string Policy = """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived, ResponseStarted]
        rules:
          - level: None
            users: ["system:apiserver"]
          - level: Request
            verbs: [create, update, patch, delete]
          - level: Metadata
        """;

    public static async Task<IReadOnlyList<RecordedWrite>> RecordAsync(string operatorAssembly)
    {
        var policy = Path.Combine(Path.GetTempPath(), $"dotmac-bench-audit-{Environment.ProcessId}.yaml");
        await File.WriteAllTextAsync(policy, Policy);
        try
        {
            await using var servers = await Servers.StartAsync($"--audit-policy-file={policy}");
            await Tenants.PrepareAsync(servers.Plane);
            using var client = servers.CreateClient();
            await using var subject = await OperatorProgram.StartAsync(operatorAssembly, servers.Kubeconfig);
            using var writer = new RawWriter(servers.Plane.Configuration("dotmac-bench"));
            var (uid, version) = await writer.CreatePluginAsync(0);
            await Eventually.BeTrueAsync(async () => await Tenants.ConvergedAsync(client) == 1, TimeSpan.FromSeconds(60), "one TenantPlugin has converged");
            await Task.Delay(AfterTheLast);
            await servers.Plane.MarkAsync();
            return [.. Read(Path.Combine(Path.GetDirectoryName(servers.Plane.LogDirectory)!, "audit.log"), uid, version)];
        }
        finally
        {
            File.Delete(policy);
        }
    }

    private static IEnumerable<RecordedWrite> Read(string audit, string uid, string created)
    {
        string? version = created;
        foreach (var line in File.ReadLines(audit))
        {
            var entry = JsonNode.Parse(line)!;
            var uri = entry["requestURI"]!.GetValue<string>();
            if (entry["userAgent"]?.GetValue<string>().Contains(OperatorProgram.UserAgent, StringComparison.Ordinal) != true
                || entry["requestObject"] is not { } body
                || !uri.Contains($"/namespaces/{Tenants.Namespace(0)}/", StringComparison.Ordinal))
            {
                continue;
            }

            // A version in a body is that of the answer before, which the log does not hold: whatever it is, it is "the newest".
            version = body["metadata"]?["resourceVersion"]?.GetValue<string>() ?? version;
            var method = entry["verb"]!.GetValue<string>() switch
            {
                "create" => HttpMethod.Post,
                "update" => HttpMethod.Put,
                "patch" => HttpMethod.Patch,
                "delete" => HttpMethod.Delete,
                var other => throw new InvalidDataException($"unknown verb {other} in the audit log"),
            };
            var type = method != HttpMethod.Patch ? "application/json"
                : uri.Contains("fieldManager=", StringComparison.Ordinal) ? "application/apply-patch+yaml"
                : "application/merge-patch+json";
            yield return RecordedWrite.Of(method, uri.TrimStart('/'), body.ToJsonString(KubernetesJson.Default), type, uid, version);
        }
    }
}
