using System.Net.Security;

namespace DotMac.Operator.Admission.Certificates;

/// <summary>Knows what certificate the webhook shows at this moment.</summary>
internal interface IWebhookCertificates
{
    /// <summary>What is shown now, with what vouches for it; null while there is none.</summary>
    SslStreamCertificateContext? Current { get; }

    /// <summary>Keeps it up to date until cancelled.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
