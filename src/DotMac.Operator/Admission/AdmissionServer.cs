using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;

namespace DotMac.Operator.Admission;

/// <summary>Serves the webhook, by TLS alone. Every replica does: whoever answers needs caches, not leadership.</summary>
internal static class AdmissionServer
{
    /// <summary>Where the API server asks.</summary>
    public const string Path = "/validate";

    // Two objects of the size that the API server stores at most, and what stands around them.
    private const long LongestBody = 8 * 1024 * 1024;

    /// <summary>Makes it; it is started by the caller.</summary>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="reviewer">Answers.</param>
    /// <param name="certificate">What is shown at this moment; null while there is none.</param>
    /// <param name="logs">Told of what goes wrong.</param>
    public static WebApplication Create(int port, AdmissionReviewer reviewer, Func<X509Certificate2?> certificate, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(logs);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestBody;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Listen(IPAddress.IPv6Any, port, listen => listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate()));
        });
        var app = builder.Build();
        var logger = logs.CreateLogger(typeof(AdmissionServer).FullName!);
        app.MapPost(Path, (HttpContext http) => AnswerAsync(http, reviewer, logger));
        return app;
    }

    private static async Task AnswerAsync(HttpContext http, AdmissionReviewer reviewer, ILogger logger)
    {
        V1AdmissionReview? review;
        try
        {
            review = await JsonSerializer.DeserializeAsync(http.Request.Body, KubernetesJsonContext.Default.V1AdmissionReview, http.RequestAborted);
        }
        catch (JsonException)
        {
            review = null;
        }

        if (review?.Request is null)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsync("this is no AdmissionReview of admission.k8s.io/v1\n", http.RequestAborted);
            return;
        }

        V1AdmissionReview answer;
        try
        {
            answer = reviewer.Review(review);
        }
#pragma warning disable CA1031 // A defect here must not keep a cluster from working: the reconciler judges by the same rules, and what it finds stands in the status.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.LogError(e, "{Kind} {Namespace}/{Name} could not be judged and is let through", review.Request.Kind?.Kind, review.Request.Namespace, review.Request.Name);
            answer = new V1AdmissionReview
            {
                Response = new V1AdmissionResponse
                {
                    Uid = review.Request.Uid, Allowed = true, Warnings = ["the DotMac operator could not check this; see its log, and the status of the object"],
                },
            };
        }

        http.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(http.Response.Body, answer, KubernetesJsonContext.Default.V1AdmissionReview, http.RequestAborted);
    }
}
