using DotMac.Operator.Admission.Certificates;
using DotMac.Operator.Configuration;

namespace DotMac.Operator.Admission;

/// <summary>The webhook as it runs: its server, and the certificate that the server shows.</summary>
/// <param name="options">Where it is served.</param>
/// <param name="reviewer">Answers.</param>
/// <param name="certificates">What it shows.</param>
/// <param name="logs">Told of what goes wrong.</param>
internal sealed class AdmissionWebhook(WebhookOptions options, AdmissionReviewer reviewer, IWebhookCertificates certificates, ILoggerFactory logs)
{
    /// <summary>Where it is served; null while it is not.</summary>
    public Uri? Address { get; private set; }

    /// <summary>Serves until cancelled.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var app = AdmissionServer.Create(options.Port, reviewer, certificates, logs);
        await using (app)
        {
            await app.StartAsync(cancellationToken);
            Address = new Uri(app.Urls.First());
            logs.CreateLogger<AdmissionWebhook>().LogInformation("Serving the admission webhook at {Address}", Address);
            try
            {
                await certificates.RunAsync(cancellationToken);
            }
            finally
            {
                Address = null;
                await app.StopAsync(CancellationToken.None);
            }
        }
    }
}
