using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace DotMac.Kubernetes.Configuration;

/// <summary>
/// A token in a file that somebody else renews: the kubelet rewrites projected tokens at 80 % of their life. The file is read again
/// once a minute, and at once when the server rejects what was read last.
/// </summary>
internal sealed class TokenFileCredentials(string path, TimeProvider clock) : ICredentialSource
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private AuthenticationHeaderValue? _token;
    private DateTimeOffset _readAgain;

    public ValueTask<AuthenticationHeaderValue?> GetTokenAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (_token is null || now >= _readAgain)
            {
                _readAgain = now + Interval;
                try
                {
                    var text = File.ReadAllText(path).Trim();
                    _token = text.Length > 0 ? new AuthenticationHeaderValue("Bearer", text) : throw new IOException("it is empty");
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // It may be in the middle of being replaced; the token at hand is good for a while yet.
                    if (_token is null)
                    {
                        _readAgain = DateTimeOffset.MinValue;
                        throw new KubernetesConfigurationException($"the token file {path} cannot be read: {e.Message}", e);
                    }
                }
            }

            return new ValueTask<AuthenticationHeaderValue?>(_token);
        }
    }

    public X509Certificate2? GetCertificate() => null;

    public bool Invalidate(AuthenticationHeaderValue? rejected)
    {
        lock (_gate)
        {
            if (ReferenceEquals(rejected, _token))
            {
                _readAgain = DateTimeOffset.MinValue;
            }

            return true;
        }
    }
}
