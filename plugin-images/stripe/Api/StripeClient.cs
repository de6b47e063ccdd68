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

    /// <summary>
    /// The key for a caller's key: Stripe takes a key for one request only, whatever the operation and the tenant are. Null when the caller gave none: the
    /// client then makes one for its own retries.
    /// </summary>
    public static string? Key(string operation, PluginContext context) => context.IdempotencyKey is null
        ? null
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{context.Tenant}\n{operation}\n{context.IdempotencyKey}")));

    /// <summary>Reads.</summary>
    public Task<T> GetAsync<T>(
        StripeConfig config, string path, IReadOnlyList<KeyValuePair<string, string>> query, JsonTypeInfo<T> answer, string? notFound, CancellationToken cancellationToken)
        where T : class
    {
        string text = string.Join('&', query.Select(static field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
        return SendAsync(new HttpRequestMessage(HttpMethod.Get, At(config, text.Length == 0 ? path : $"{path}?{text}")), config, answer, notFound, cancellationToken);
    }

    /// <summary>Makes or changes something.</summary>
    public Task<T> PostAsync<T>(
        StripeConfig config,
        string path,
        IReadOnlyList<KeyValuePair<string, string>> form,
        string? idempotencyKey,
        JsonTypeInfo<T> answer,
        string? notFound,
        CancellationToken cancellationToken)
        where T : class
    {
        var request = new HttpRequestMessage(HttpMethod.Post, At(config, path)) { Content = new FormUrlEncodedContent(form) };
        if (idempotencyKey is not null)
        {
            request.Headers.Add(IdempotencyHeader, idempotencyKey);
        }

        return SendAsync(request, config, answer, notFound, cancellationToken);
    }

    private static Uri At(StripeConfig config, string path) => new($"{config.BaseUrl.AbsoluteUri.TrimEnd('/')}/v1/{path}");

    private async Task<T> SendAsync<T>(HttpRequestMessage request, StripeConfig config, JsonTypeInfo<T> type, string? notFound, CancellationToken cancellationToken)
        where T : class
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", config.SecretKey);
        request.Headers.Add("Stripe-Version", Version);
        VendorAnswer answer = await http.AskAsync(Vendor, request, timeProvider, cancellationToken);
        return answer.IsSuccess ? answer.Read(type) : throw StripeErrors.Map(answer, answer.TryRead(StripeJson.Default.StripeErrorAnswer)?.Error, notFound);
    }
}
