using System.Net.Security;
using System.Security.Authentication;
using System.Text.Json;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;
using DotMac.Operator.Admission.Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace DotMac.Operator.Admission;

/// <summary>Serves the webhook, by TLS alone. Every replica does: whoever answers needs caches, not leadership.</summary>
internal static class AdmissionServer
{
    /// <summary>Where the API server asks whether something may be.</summary>
    public const string Validate = "/validate";

    /// <summary>Where it asks what to add.</summary>
    public const string Default = "/default";

    // Two objects of the size that the API server stores at most, and what stands around them.
    private const long LongestBody = 8 * 1024 * 1024;

    // API servers keep a few; whoever else asks is not to take all the memory.
    private const int MostConnections = 128;

    /// <summary>Makes it; it is started by the caller.</summary>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="reviewer">Answers.</param>
    /// <param name="certificates">What is shown.</param>
    /// <param name="logs">Told of what goes wrong.</param>
    public static WebApplication Create(int port, AdmissionReviewer reviewer, IWebhookCertificates certificates, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(logs);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestBody;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.ListenAnyIP(port, listen => listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                HandshakeTimeout = TimeSpan.FromSeconds(10),
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    // Asked for at each connection: a new certificate needs no new server.
                    ServerCertificateContext = certificates.Current ?? throw new AuthenticationException("there is no certificate yet"),
                    ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
                }),
            }));
        });
        var app = builder.Build();
        var logger = logs.CreateLogger(typeof(AdmissionServer).FullName!);
        app.MapPost(Validate, (HttpContext http) => AnswerAsync(http, reviewer.Review, logger));
        app.MapPost(Default, (HttpContext http) => AnswerAsync(http, AdmissionDefaults.Review, logger));
        return app;
    }

    private static async Task AnswerAsync(HttpContext http, Func<V1AdmissionReview, V1AdmissionReview> review, ILogger logger)
    {
        V1AdmissionReview? question;
        try
        {
            question = await JsonSerializer.DeserializeAsync(http.Request.Body, KubernetesJsonContext.Default.V1AdmissionReview, http.RequestAborted);
        }
        catch (JsonException)
        {
            question = null;
        }
        catch (BadHttpRequestException e)
        {
            http.Response.StatusCode = e.StatusCode;
            return;
        }

        if (question?.Request is null)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsync("this is no AdmissionReview of admission.k8s.io/v1\n", http.RequestAborted);
            return;
        }

        V1AdmissionReview answer;
        try
        {
            answer = review(question);
        }
#pragma warning disable CA1031 // A defect here must not keep a cluster from working: the reconciler judges by the same rules, and what it finds stands in the status.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.LogError(e, "{Kind} {Namespace}/{Name} could not be judged and is let through", question.Request.Kind?.Kind, question.Request.Namespace, question.Request.Name);
            answer = new V1AdmissionReview
            {
                Response = new V1AdmissionResponse
                {
                    Uid = question.Request.Uid,
                    Allowed = true,
                    Warnings = ["the DotMac operator could not check this; see its log, and the status of the object"],
                },
            };
        }

        http.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(http.Response.Body, answer, KubernetesJsonContext.Default.V1AdmissionReview, http.RequestAborted);
    }
}
