using System.Security.Cryptography;
using System.Text;
using DotMac.Admin.Problems;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace DotMac.Admin.Hosting;

/// <summary>
/// Answers a POST that comes again under the same <c>Idempotency-Key</c> with the answer that it had, for an hour, as long as this process runs. Only
/// what was done is remembered: what was refused may be tried again. (draft-ietf-httpapi-idempotency-key-header)
/// </summary>
internal sealed class IdempotencyKeys : IMiddleware, IDisposable
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    private const long MostBytes = 32 * 1024 * 1024;
    private const int LongestKey = 255;
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _underway = new(StringComparer.Ordinal);
    private readonly MemoryCache _answers = new(Options.Create(new MemoryCacheOptions { SizeLimit = MostBytes }));

    /// <summary>What tells a request under a key from others in the store too, and shows neither the caller nor the key; null when it has none.</summary>
    public static string? MarkOf(HttpContext http) =>
        KeyOf(http.Request) is { } key ? Hash($"{CallerGate.CallerOf(http).Subject}\n{key}")[..32] : null;

    /// <inheritdoc />
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || KeyOf(context.Request) is not { } key || context.Features.Get<Callers.Caller>() is not { } caller)
        {
            await next(context);
            return;
        }

        var place = Hash($"{caller.Subject}\n{context.Request.Path}\n{key}");
        var content = await ContentAsync(context);
        if (_answers.TryGetValue(place, out Answer? known))
        {
            RequireSame(known!.Content, content);
            await ReplayAsync(context, known);
            return;
        }

        Begin(place, content);
        try
        {
            var (sent, kept) = (context.Response.Body, new MemoryStream());
            await using (kept)
            {
                context.Response.Body = kept;
                try
                {
                    await next(context);
                }
                finally
                {
                    context.Response.Body = sent;
                }

                Keep(context.Response, place, content, kept.ToArray());
                await sent.WriteAsync(kept.ToArray(), context.RequestAborted);
            }
        }
        finally
        {
            lock (_gate)
            {
                _underway.Remove(place);
            }
        }
    }

    public void Dispose() => _answers.Dispose();

    private static string? KeyOf(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out var values))
        {
            return null;
        }

        return values is [{ Length: > 0 and <= LongestKey } key] && key.All(static c => c is > ' ' and <= '~')
            ? key
            : throw Refuse.Malformed($"{Header} must be there once, with 1 to {LongestKey} printable characters");
    }

    private static async Task<string> ContentAsync(HttpContext context)
    {
        context.Request.EnableBuffering(bufferThreshold: 64 * 1024, bufferLimit: AdminServer.LongestBody);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(context.Request.Body, context.RequestAborted));
        context.Request.Body.Position = 0;
        return hash + context.Request.QueryString;
    }

    private static void RequireSame(string known, string content)
    {
        if (known != content)
        {
            throw Refuse.Invalid(new FieldError(Header, "was used for another request before; use a new key for each thing that is to be done"));
        }
    }

    private static async Task ReplayAsync(HttpContext context, Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.Headers["Idempotency-Replayed"] = "true";
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private void Begin(string place, string content)
    {
        lock (_gate)
        {
            if (_underway.TryGetValue(place, out var other))
            {
                RequireSame(other, content);
                throw Refuse.Conflict($"a request under this {Header} is still under way; send it again in a moment for its answer");
            }

            _underway.Add(place, content);
        }
    }

    private void Keep(HttpResponse response, string place, string content, byte[] body)
    {
        if (response.StatusCode is >= 200 and < 300)
        {
            var headers = response.Headers
                .Where(static header => header.Key is "Content-Type" or "ETag" or "Location")
                .ToDictionary(static header => header.Key, static header => header.Value.ToString());
            _answers.Set(
                place,
                new Answer(content, response.StatusCode, headers, body),
                new MemoryCacheEntryOptions { Size = body.Length + 1024, AbsoluteExpirationRelativeToNow = Remembered });
        }
    }

    private sealed record Answer(string Content, int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body);
}
