using System.Text.Json.Nodes;
using DotMac.Testing;

namespace DotMac.EndToEndTests.Fixture;

/// <summary>What `make demo` leaves behind: a cluster, the operator in it, a tenant with a plugin. The tests go on from there.</summary>
public sealed class DemoFixture : IAsyncLifetime
{
    /// <summary>What the demo printed.</summary>
    public string Output { get; private set; } = string.Empty;

    public async Task InitializeAsync()
    {
        Output = await Command.OutputAsync("make", ["--no-print-directory", "demo"], timeout: TimeSpan.FromMinutes(25));
        var kubeconfig = await Command.OutputAsync(Path.Combine(RepositoryRoot.Path, "tests", "cluster", "cluster"), ["kubeconfig"]);
        Environment.SetEnvironmentVariable("KUBECONFIG", kubeconfig.Trim());
    }

    // The cluster is left as it was found, running; who started it stops it.
    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Runs kubectl; it must succeed.</summary>
    internal static Task<string> KubectlAsync(params IEnumerable<string> arguments) => Command.OutputAsync("kubectl", arguments);

    /// <summary>Applies a manifest.</summary>
    internal static Task ApplyAsync(JsonNode manifest) => Command.OutputAsync("kubectl", ["apply", "-f", "-"], manifest.ToJsonString());

    /// <summary>Reads an object; null when it is not there.</summary>
    internal static async Task<JsonNode?> GetAsync(string ns, string kind, string name)
    {
        var text = await KubectlAsync("-n", ns, "get", kind, name, "--ignore-not-found", "-o", "json");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }
}
