using System.Globalization;
using System.Text;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Serialization;
using DotMac.Plugins.Resources.Serialization;
using DotMac.Testing;
using DotMac.Testing.Cluster;

namespace DotMac.Bench.Processes;

/// <summary>A fresh API server, without controller-manager, that serves our kinds.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private readonly int? _apiServer = ProcessSample.FindChild("kube-apiserver");
    private readonly int? _etcd = ProcessSample.FindChild("etcd");

    private Servers(ControlPlane plane) => Plane = plane;

    public ControlPlane Plane { get; }

    public string Kubeconfig => Plane.KubeconfigPath;

    /// <summary>Processor seconds of API server and etcd so far.</summary>
    public double CpuSeconds => (_apiServer is { } a ? ProcessSample.Of(a).CpuSeconds : 0) + (_etcd is { } e ? ProcessSample.Of(e).CpuSeconds : 0);

    public static async Task<Servers> StartAsync(params string[] apiServerArguments)
    {
        var plane = await ControlPlane.StartAsync(new ControlPlaneOptions { ApiServerArguments = apiServerArguments });
        foreach (var crd in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "crds"), "*.yaml"))
        {
            await plane.ApplyCrdAsync(await File.ReadAllTextAsync(crd));
        }

        return new Servers(plane);
    }

    public KubernetesClient CreateClient(string userAgent = "dotmac-bench") =>
        Plane.CreateClient(KubernetesJson.Create(ResourcesJsonContext.Default), userAgent);

    /// <summary>The server's own account of its requests: number and mean milliseconds, by verb and resource.</summary>
    public async Task<IReadOnlyDictionary<string, (double Count, double Seconds)>> RequestTimesAsync()
    {
        using var client = CreateClient();
        var text = Encoding.UTF8.GetString(await client.GetRawAsync("metrics", 64 * 1024 * 1024));
        var times = new Dictionary<string, (double Count, double Seconds)>();
        const string Metric = "apiserver_request_duration_seconds_";
        foreach (var line in text.Split('\n').Where(static l => l.StartsWith(Metric, StringComparison.Ordinal)))
        {
            var kind = line[Metric.Length..line.IndexOf('{', StringComparison.Ordinal)];
            var verb = Label(line, "verb");
            if (kind is not ("sum" or "count") || verb is "WATCH" or "CONNECT")
            {
                continue;
            }

            var subresource = Label(line, "subresource");
            var key = $"{verb} {Label(line, "resource")}{(subresource.Length > 0 ? "/" + subresource : string.Empty)}";
            var value = double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
            var (count, seconds) = times.GetValueOrDefault(key);
            times[key] = kind == "count" ? (count + value, seconds) : (count, seconds + value);
        }

        return times;
    }

    public ValueTask DisposeAsync() => Plane.DisposeAsync();

    private static string Label(string line, string name)
    {
        var at = line.IndexOf(name + "=\"", StringComparison.Ordinal);
        return at < 0 ? string.Empty : line[(at + name.Length + 2)..line.IndexOf('"', at + name.Length + 2)];
    }
}
