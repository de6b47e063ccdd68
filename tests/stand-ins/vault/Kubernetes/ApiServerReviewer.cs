using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace DotMac.StandIns.Vault.Kubernetes;

/// <summary>Asks a real API server, by a TokenReview.</summary>
internal static class ApiServerReviewer
{
    /// <summary>A reviewer.</summary>
    /// <param name="host">The API server's address.</param>
    /// <param name="authorities">The PEM of the authorities that vouch for it; null for the system's.</param>
    /// <param name="reviewerToken">Who asks; null when each token asks for itself, as Vault does without a <c>token_reviewer_jwt</c>.</param>
    public static TokenReviewer Create(Uri host, string? authorities, Func<string?> reviewerToken)
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (!string.IsNullOrWhiteSpace(authorities))
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPem(authorities);
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(trusted);
        }

        var http = new HttpClient(handler) { BaseAddress = host, Timeout = TimeSpan.FromSeconds(10) };
        return async (token, audiences, cancellationToken) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/apis/authentication.k8s.io/v1/tokenreviews")
            {
                Content = new StringContent(
                    new JsonObject
                    {
                        ["apiVersion"] = "authentication.k8s.io/v1",
                        ["kind"] = "TokenReview",
                        ["spec"] = new JsonObject { ["token"] = token, ["audiences"] = new JsonArray([.. audiences.Select(static a => JsonValue.Create(a))]) },
                    }.ToJsonString(),
                    Encoding.UTF8,
                    "application/json"),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", reviewerToken() ?? token);
            try
            {
                using var response = await http.SendAsync(request, cancellationToken);
                if (!response.IsSuccessStatusCode)
                {
                    return new TokenReviewOutcome(false, Error: $"the API server answered {(int)response.StatusCode}");
                }

                var status = (await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))?["status"] as JsonObject;
                return new TokenReviewOutcome(
                    status?["authenticated"]?.GetValue<bool>() == true,
                    status?["user"]?["username"]?.ToString() ?? string.Empty,
                    status?["user"]?["uid"]?.ToString() ?? string.Empty,
                    status?["error"]?.ToString() ?? string.Empty);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                return new TokenReviewOutcome(false, Error: e.GetBaseException().Message);
            }
        };
    }
}
