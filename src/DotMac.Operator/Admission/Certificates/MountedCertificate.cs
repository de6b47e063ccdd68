using System.Net.Security;
using System.Security.Cryptography;

namespace DotMac.Operator.Admission.Certificates;

/// <summary>The webhook's certificate from files that somebody else keeps, read anew when they change.</summary>
/// <param name="directory">Where <c>tls.crt</c> and <c>tls.key</c> are.</param>
/// <param name="logger">Told of changes, and of what cannot be read.</param>
/// <param name="clock">The time.</param>
internal sealed class MountedCertificate(string directory, ILogger<MountedCertificate> logger, TimeProvider clock) : IWebhookCertificates
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private string? _read;
    private string? _said;
    private SslStreamCertificateContext? _current;

    /// <inheritdoc />
    public SslStreamCertificateContext? Current => Volatile.Read(ref _current);

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                Look();
                await Task.Delay(LookAgain, clock, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The wish to stop.
        }
    }

    /// <summary>Reads the files if they have changed. What cannot be read changes nothing: a certificate may be written before its key.</summary>
    public void Look()
    {
        try
        {
            var (certificate, key) = (File.ReadAllText(Path.Combine(directory, "tls.crt")), File.ReadAllText(Path.Combine(directory, "tls.key")));
            if (certificate + key == _read)
            {
                return;
            }

            Volatile.Write(ref _current, WebhookCertificate.Context(certificate, key));
            _read = certificate + key;
            _said = null;
            logger.LogInformation("Read the admission webhook's certificate from {Directory}", directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            if (_said != e.Message)
            {
                logger.LogWarning("--webhook-certificate-directory: tls.crt and tls.key in {Directory} cannot be read, and are tried again: {Reason}", directory, e.Message);
                _said = e.Message;
            }
        }
    }
}
