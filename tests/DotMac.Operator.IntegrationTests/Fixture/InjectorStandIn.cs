using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.Testing.Cluster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DotMac.Operator.IntegrationTests.Fixture;

/// <summary>Stands in for vault-k8s: a webhook that marks pods which ask for the agent. What it would add to them is not needed here.</summary>
internal sealed class InjectorStandIn : IAsyncDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly WebApplication _app;
    private int _asked;

    private InjectorStandIn()
    {
        var (certificate, key) = _authority.Server("localhost", "127.0.0.1");
        using var pem = X509Certificate2.CreateFromPem(certificate, key);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        var served = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(served)));
        _app = builder.Build();
        _app.Run(ReviewAsync);
    }

    /// <summary>How many pods it was asked about, dry runs included.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public static async Task<InjectorStandIn> StartAsync()
    {
        var injector = new InjectorStandIn();
        await injector._app.StartAsync();
        return injector;
    }

    /// <summary>Has the API server ask it about pods of one namespace.</summary>
    public Task RegisterAsync(ControlPlane server, string ns, string label) => server.SendAsync(
        HttpMethod.Post,
        "apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
        new JsonObject
        {
            ["apiVersion"] = "admissionregistration.k8s.io/v1",
            ["kind"] = "MutatingWebhookConfiguration",
            ["metadata"] = new JsonObject { ["name"] = $"injector-{ns}" },
            ["webhooks"] = new JsonArray(new JsonObject
            {
                ["name"] = "vault.hashicorp.com",
                ["clientConfig"] = new JsonObject
                {
                    ["url"] = $"{_app.Urls.First()}/mutate",
                    ["caBundle"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(_authority.CertificatePem)),
                },
                ["rules"] = new JsonArray(new JsonObject
                {
                    ["operations"] = new JsonArray("CREATE"),
                    ["apiGroups"] = new JsonArray(string.Empty),
                    ["apiVersions"] = new JsonArray("v1"),
                    ["resources"] = new JsonArray("pods"),
                }),
                ["namespaceSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { [label] = "yes" } },
                ["failurePolicy"] = "Ignore",
                ["sideEffects"] = "None",
                ["admissionReviewVersions"] = new JsonArray("v1"),
            }),
        });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _authority.Dispose();
    }

    private async Task ReviewAsync(HttpContext context)
    {
        var review = (await JsonNode.ParseAsync(context.Request.Body))!;
        var annotations = review["request"]!["object"]!["metadata"]!["annotations"] as JsonObject;
        var response = new JsonObject { ["uid"] = review["request"]!["uid"]!.DeepClone(), ["allowed"] = true };
        if (annotations?["vault.hashicorp.com/agent-inject"]?.GetValue<string>() == "true")
        {
            Interlocked.Increment(ref _asked);
            response["patchType"] = "JSONPatch";
            response["patch"] = Convert.ToBase64String("""[{"op":"add","path":"/metadata/annotations/vault.hashicorp.com~1agent-inject-status","value":"injected"}]"""u8);
        }

        await context.Response.WriteAsJsonAsync(new JsonObject { ["apiVersion"] = "admission.k8s.io/v1", ["kind"] = "AdmissionReview", ["response"] = response });
    }
}
