using System.Net;
using System.Net.Security;
using System.Text;
using System.Text.Json.Nodes;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Entities;
using DotMac.Kubernetes.Models;

namespace DotMac.Operator.Admission.Certificates;

/// <summary>
/// Keeps the webhook's certificate in a Secret that all replicas share, renews it in good time, and tells the API server by what authority to
/// trust it. No restart: the server asks for the certificate at each connection.
/// </summary>
/// <param name="client">The API server.</param>
/// <param name="ns">The operator's namespace.</param>
/// <param name="addresses">Names or addresses besides the Service's that it is for.</param>
/// <param name="logger">Told of renewals, and of what goes wrong.</param>
/// <param name="clock">The time.</param>
internal sealed class CertificateKeeper(IKubernetesClient client, string ns, IReadOnlyList<string> addresses, ILogger<CertificateKeeper> logger, TimeProvider clock)
    : IWebhookCertificates
{
    /// <summary>The Secret's name, and the Service's.</summary>
    public const string Name = "dotmac-operator-webhook";

    /// <summary>The name of the ValidatingWebhookConfiguration and of the MutatingWebhookConfiguration.</summary>
    public const string Configuration = "dotmac-operator";

    private const int Tries = 5;

    private static readonly EntityType Validating = Webhooks("ValidatingWebhookConfiguration", "validatingwebhookconfigurations");
    private static readonly EntityType Defaulting = Webhooks("MutatingWebhookConfiguration", "mutatingwebhookconfigurations");
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    private WebhookCertificate? _certificate;
    private SslStreamCertificateContext? _current;

    /// <inheritdoc />
    public SslStreamCertificateContext? Current => Volatile.Read(ref _current);

    private string[] Names => [$"{Name}.{ns}.svc", $"{Name}.{ns}.svc.cluster.local", $"{Name}.{ns}", .. addresses];

    /// <summary>Keeps it until cancelled. Every replica may: of two that renew at once one finds the other's.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await TryKeepAsync(cancellationToken);
                await Task.Delay(LookAgain * (0.8 + (Random.Shared.NextDouble() * 0.4)), clock, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The wish to stop.
        }
    }

    /// <summary>Reads, renews if it is due, and tells the API server.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var (present, version) = await ReadAsync(cancellationToken);
            var wanted = WebhookCertificate.Next(present, Names, clock.GetUtcNow());
            if (!ReferenceEquals(wanted, present))
            {
                if (!await WriteAsync(wanted, version, cancellationToken))
                {
                    // Another replica was faster; the next look finds what it wrote.
                    if (tries < Tries)
                    {
                        continue;
                    }

                    return;
                }

                logger.LogInformation("Made a certificate for the admission webhook");
            }

            if (_current is null)
            {
                Show(wanted);
            }

            // Told first, shown then: nobody is to be shown what they have no reason to trust yet.
            await TrustAsync(Validating, wanted, cancellationToken);
            await TrustAsync(Defaulting, wanted, cancellationToken);
            Show(wanted);
            return;
        }
    }

    private void Show(WebhookCertificate wanted)
    {
        if (wanted != _certificate)
        {
            Volatile.Write(ref _current, wanted.ForServer());
            _certificate = wanted;
        }
    }

    private async Task TryKeepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await KeepAsync(cancellationToken);
        }
        catch (Exception e) when (e is ApiException or HttpRequestException or IOException or TimeoutException)
        {
            logger.LogWarning("The admission webhook's certificate could not be looked after, and is tried again: {Reason}", e.Message);
        }
    }

    private async Task<(WebhookCertificate? Certificate, string? Version)> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var secret = JsonNode.Parse(await client.GetRawAsync($"api/v1/namespaces/{ns}/secrets/{Name}", cancellationToken: cancellationToken))!;
            string Field(string key) => secret["data"]?[key]?.GetValue<string>() is { } value ? Encoding.UTF8.GetString(Convert.FromBase64String(value)) : string.Empty;
            return (new WebhookCertificate(Field("ca.crt"), Field("ca.key"), Field("tls.crt"), Field("tls.key")), secret["metadata"]!["resourceVersion"]!.GetValue<string>());
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            return (null, null);
        }
    }

    private async Task<bool> WriteAsync(WebhookCertificate certificate, string? version, CancellationToken cancellationToken)
    {
        var data = new JsonObject
        {
            ["ca.crt"] = Base64(certificate.Authorities),
            ["ca.key"] = Base64(certificate.AuthorityKey),
            ["tls.crt"] = Base64(certificate.Certificate),
            ["tls.key"] = Base64(certificate.Key),
        };
        try
        {
            if (version is null)
            {
                await client.PostRawAsync(
                    $"api/v1/namespaces/{ns}/secrets",
                    new JsonObject
                    {
                        ["apiVersion"] = "v1",
                        ["kind"] = "Secret",
                        ["type"] = "kubernetes.io/tls",
                        ["metadata"] = new JsonObject { ["name"] = Name },
                        ["data"] = data,
                    },
                    cancellationToken: cancellationToken);
            }
            else
            {
                await client.Resource<V1Secret>().PatchAsync(
                    new(ns, Name), new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = version }, ["data"] = data }, null, cancellationToken);
            }

            return true;
        }
        catch (ApiException e) when (e.IsConflict || e.Code == HttpStatusCode.Conflict)
        {
            return false;
        }
    }

    private async Task TrustAsync(EntityType kind, WebhookCertificate certificate, CancellationToken cancellationToken)
    {
        JsonNode configuration;
        try
        {
            configuration = JsonNode.Parse(
                await client.GetRawAsync(kind.Path(name: Configuration), cancellationToken: cancellationToken))!;
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            // Not installed: nobody asks, and the reconciler judges alone.
            return;
        }

        var bundle = Base64(certificate.Authorities);
        var webhooks = configuration["webhooks"]?.AsArray() ?? [];
        if (webhooks.All(hook => hook!["clientConfig"]?["caBundle"]?.GetValue<string>() == bundle))
        {
            return;
        }

        foreach (var hook in webhooks)
        {
            hook!["clientConfig"]!["caBundle"] = bundle;
        }

        try
        {
            await client.Resource<V1PartialObjectMetadata>(kind).PatchAsync(
                new(string.Empty, Configuration),
                new JsonObject
                {
                    ["metadata"] = new JsonObject { ["resourceVersion"] = configuration["metadata"]!["resourceVersion"]!.GetValue<string>() },
                    ["webhooks"] = webhooks.DeepClone(),
                },
                null,
                cancellationToken);
        }
        catch (ApiException e) when (e.IsConflict)
        {
            // Somebody changed it at the same moment, most often another replica, to the same; the next look shows.
            return;
        }

        logger.LogInformation("Told the API server by what authority to trust the admission webhook ({Kind})", kind.Kind);
    }

    private static EntityType Webhooks(string kind, string plural) => new("admissionregistration.k8s.io", "v1", kind, plural, EntityScope.Cluster);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
