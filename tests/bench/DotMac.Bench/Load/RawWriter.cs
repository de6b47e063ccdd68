using System.Text;
using System.Text.Json;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Configuration;

namespace DotMac.Bench.Load;

/// <summary>Sends bytes through the operator's own transport and looks at nothing of the answers but who the object is.</summary>
internal sealed class RawWriter(KubernetesClientConfiguration configuration) : IDisposable
{
    private readonly ApiTransport _transport = new(configuration, TimeProvider.System);

    /// <summary>Sends; gives back the identity and the version of the answer.</summary>
    public async Task<(string Uid, string Version)> SendAsync(HttpMethod method, string path, string body, string contentType)
    {
        using var response = await _transport.SendAsync(method, path, Encoding.UTF8.GetBytes(body), contentType, CancellationToken.None);
        return Identity(await response.Content.ReadAsByteArrayAsync());
    }

    public Task<(string Uid, string Version)> CreatePluginAsync(int index, string definition = Tenants.Definition) =>
        SendAsync(HttpMethod.Post, $"apis/plugins.dotmac.io/v1alpha1/namespaces/{Tenants.Namespace(index)}/tenantplugins", Tenants.Manifest(index, definition), "application/json");

    public void Dispose() => _transport.Dispose();

    private static (string Uid, string Version) Identity(ReadOnlySpan<byte> json)
    {
        // metadata comes early and is the only object at depth 1 that has these two.
        var (uid, version) = (string.Empty, string.Empty);
        var reader = new Utf8JsonReader(json);
        while ((uid.Length == 0 || version.Length == 0) && reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 2)
            {
                if (reader.ValueTextEquals("uid"u8) && reader.Read())
                {
                    uid = reader.GetString()!;
                }
                else if (reader.ValueTextEquals("resourceVersion"u8) && reader.Read())
                {
                    version = reader.GetString()!;
                }
            }
        }

        return (uid, version);
    }
}
