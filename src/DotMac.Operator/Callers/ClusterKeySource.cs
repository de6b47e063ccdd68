using System.Text.Json;
using DotMac.Kubernetes.Client;

namespace DotMac.Operator.Callers;

/// <summary>Asks the API server for the keys that its service-account tokens are signed with. They are rotated now and then.</summary>
internal sealed class ClusterKeySource(IKubernetesClient client, ILogger<ClusterKeySource> logger, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(15);
    private byte[]? _last;
    private bool _warned;

    /// <summary>The keys; null while the server would not tell them.</summary>
    public ClusterKeys? Current { get; private set; }

    /// <summary>Asks once.</summary>
    /// <returns>Whether the keys are other ones than before.</returns>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            var configuration = await client.GetRawAsync(".well-known/openid-configuration", 64 * 1024, cancellationToken);
            var keys = await client.GetRawAsync("openid/v1/jwks", 256 * 1024, cancellationToken);
            using var document = JsonDocument.Parse(configuration);
            var issuer = document.RootElement.GetProperty("issuer").GetString() ?? throw new JsonException("the issuer is null");
            _warned = false;
            if (_last is not null && _last.AsSpan().SequenceEqual(keys) && Current?.Issuer == issuer)
            {
                return false;
            }

            Current = new ClusterKeys(issuer, JsonElement.Parse(keys));
            _last = keys;
            return true;
        }
        catch (Exception e) when (e is ApiException or HttpRequestException or IOException or TimeoutException
            or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            if (!_warned)
            {
                _warned = true;
                logger.LogWarning(
                    "The cluster's public keys cannot be read, so plugins cannot verify their callers and refuse them: {Reason}. " +
                    "Grant 'get' on /openid/v1/jwks and /.well-known/openid-configuration (ClusterRole system:service-account-issuer-discovery)",
                    e.Message);
            }

            return false;
        }
    }

    /// <summary>Asks again and again until cancelled, and tells of changes.</summary>
    public async Task RunAsync(Action changed, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Current is null ? AfterFailure : Interval, clock, cancellationToken);
                if (await RefreshAsync(cancellationToken))
                {
                    changed();
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
