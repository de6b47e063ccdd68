using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Http;

namespace DotMac.Plugins.Stripe.Api;

/// <summary>Stripe's REST API (https://docs.stripe.com/api): forms in, JSON out.</summary>
internal sealed class StripeClient(HttpClient http, TimeProvider timeProvider)
{
    /// <summary>The vendor's name, for messages.</summary>
    public const string Vendor = "Stripe";

    /// <summary>Where Stripe takes idempotency keys.</summary>
    public const string IdempotencyHeader = "Idempotency-Key";

    /// <summary>The version of the API that the plugin was written for: the account's own default may be another, and answers look different then.</summary>
    public const string Version = "2023-08-16";

    /// <summary>How often a request is repeated while Stripe is busy with the same object or with the first try.</summary>
    private const int MaxConflicts = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The key for a caller's key: Stripe takes a key for one request only, whatever the operation and the tenant are. When the caller gave none, a new
    /// one for the plugin's own retries.
    /// </summary>
    public static string Key(string operation, PluginContext context) => context.IdempotencyKey is null
        ? Guid.NewGuid().ToString()
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{context.Tenant}\n{operation}\n{context.IdempotencyKey}")));

    /// <summary>Reads.</summary>
    public Task<T> GetAsync<T>(
        StripeConfig config, string path, IReadOnlyList<KeyValuePair<string, string>> query, JsonTypeInfo<T> answer, string? notFound, CancellationToken cancellationToken)
        where T : class
    {
        string text = string.Join('&', query.Select(static field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
        return ReadAsync(new HttpRequestMessage(HttpMethod.Get, At(config, text.Length == 0 ? path : $"{path}?{text}")), config, answer, notFound, cancellationToken);
    }

    /// <summary>Makes or changes something, once for a key.</summary>
    public async Task<T> PostAsync<T>(
        StripeConfig config,
        string path,
        IReadOnlyList<KeyValuePair<string, string>> form,
        string idempotencyKey,
        JsonTypeInfo<T> type,
        string? notFound,
        CancellationToken cancellationToken)
        where T : class
    {
        for (int conflicts = 0; ; conflicts++)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, At(config, path)) { Content = new FormUrlEncodedContent(form) };
            request.Headers.Add(IdempotencyHeader, idempotencyKey);
            VendorAnswer answer = await AskAsync(request, config, cancellationToken);
            if (answer.Status != HttpStatusCode.Conflict || conflicts == MaxConflicts)
            {
                return Read(answer, type, notFound, changes: true);
            }

            // After a time-out the first try may still run. What came of it is found under the same key, and nowhere else.
            await Task.Delay(FirstPause * (1 << conflicts), timeProvider, cancellationToken);
        }
    }

    private static Uri At(StripeConfig config, string path) => new($"{config.BaseUrl.AbsoluteUri.TrimEnd('/')}/v1/{path}");

    private static T Read<T>(VendorAnswer answer, JsonTypeInfo<T> type, string? notFound, bool changes)
        where T : class =>
        answer.IsSuccess ? answer.Read(type) : throw StripeErrors.Map(answer, answer.TryRead(StripeJson.Default.StripeErrorAnswer)?.Error, notFound, changes);

    private async Task<T> ReadAsync<T>(HttpRequestMessage request, StripeConfig config, JsonTypeInfo<T> type, string? notFound, CancellationToken cancellationToken)
        where T : class =>
        Read(await AskAsync(request, config, cancellationToken), type, notFound, changes: false);

    private Task<VendorAnswer> AskAsync(HttpRequestMessage request, StripeConfig config, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", config.SecretKey);
        request.Headers.Add("Stripe-Version", Version);
        return http.AskAsync(Vendor, request, timeProvider, cancellationToken);
    }
}
