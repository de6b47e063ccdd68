using System.Text.Json.Nodes;
using DotMac.Kubernetes.IntegrationTests.Fixture;
using DotMac.Testing;
using DotMac.Testing.Cluster;
using Microsoft.Extensions.Logging.Abstractions;

namespace DotMac.Kubernetes.IntegrationTests.Guide;

/// <summary>docs/controller-runtime.md shows this folder's code; here it runs.</summary>
[Collection(ClusterCollection.Name)]
public sealed class GuideTests(ControlPlaneFixture fixture)
{
    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: { name: greetings.example.com }
        spec:
          group: example.com
          scope: Namespaced
          names: { kind: Greeting, listKind: GreetingList, plural: greetings, singular: greeting }
          versions:
            - name: v1
              served: true
              storage: true
              subresources: { status: {} }
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    spec: { type: object, properties: { name: { type: string } } }
                    status: { type: object, properties: { observedGeneration: { type: integer, format: int64 } } }
        """;

    [Fact]
    public async Task The_guides_operator_greets_and_greets_again_when_its_ConfigMap_is_deleted()
    {
        var server = fixture.ControlPlane;
        await server.ApplyCrdAsync(Definition);
        var ns = await server.CreateNamespaceAsync("guide");
        using var stop = new CancellationTokenSource();
        var running = GreetingOperator.RunAsync(server.Configuration("greeting-operator"), NullLoggerFactory.Instance, stop.Token);

        await server.SendAsync(HttpMethod.Post, $"apis/example.com/v1/namespaces/{ns}/greetings", new JsonObject
        {
            ["apiVersion"] = "example.com/v1",
            ["kind"] = "Greeting",
            ["metadata"] = new JsonObject { ["name"] = "world" },
            ["spec"] = new JsonObject { ["name"] = "world" },
        });
        var first = await GreetingAsync(server, ns);
        first["data"]!["text"]!.GetValue<string>().Should().Be("Hello, world!");
        await server.SendAsync(HttpMethod.Delete, $"api/v1/namespaces/{ns}/configmaps/world");
        var second = await GreetingAsync(server, ns, not: first["metadata"]!["uid"]!.GetValue<string>());
        second["data"]!["text"]!.GetValue<string>().Should().Be("Hello, world!");

        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void The_guide_shows_the_code_that_runs_here()
    {
        var guide = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "controller-runtime.md"));
        var folder = Path.Combine(RepositoryRoot.Path, "tests", "DotMac.Kubernetes.IntegrationTests", "Guide");
        var code = string.Join('\n', Directory.EnumerateFiles(folder, "*.cs").Select(File.ReadAllText));
        var blocks = guide.Split("```csharp\n").Skip(1).Select(static block => block[..block.IndexOf("```", StringComparison.Ordinal)]).ToList();
        blocks.Should().NotBeEmpty();
        foreach (var block in blocks)
        {
            // Indentation is the page's; words are the code's.
            Squeeze(code).Should().Contain(Squeeze(block), "the guide's code must be code that compiles and runs");
        }
    }

    private static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static async Task<JsonNode> GreetingAsync(ControlPlane server, string ns, string? not = null)
    {
        JsonNode? seen = null;
        await Eventually.BeTrueAsync(
            async () =>
            {
                var list = await server.SendAsync(HttpMethod.Get, $"api/v1/namespaces/{ns}/configmaps");
                seen = list["items"]!.AsArray().FirstOrDefault(m => m!["metadata"]!["name"]!.GetValue<string>() == "world");
                return seen is not null && seen["metadata"]!["uid"]!.GetValue<string>() != not;
            },
            TimeSpan.FromSeconds(30),
            "there is a ConfigMap for the greeting");
        return seen!;
    }
}
