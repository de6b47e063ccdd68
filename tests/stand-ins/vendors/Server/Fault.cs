using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DotMac.StandIns.Vendors.Server;

/// <summary>What goes wrong in place of an answer.</summary>
/// <param name="Name">Its name, for a test's output.</param>
/// <param name="AnswerAsync">Does it.</param>
public sealed record Fault(string Name, Func<HttpContext, Task> AnswerAsync)
{
    /// <summary>No answer at all until the client gives up.</summary>
    public static Fault Silence { get; } = new("silence", static http => UntilAborted(http));

    /// <summary>Headers and half a body, and then nothing until the client gives up.</summary>
    public static Fault StalledBody { get; } = new("stalled body", static async http =>
    {
        await BeginAsync(http, "{\"id\":");
        await UntilAborted(http);
    });

    /// <summary>The connection breaks before an answer.</summary>
    public static Fault Reset { get; } = new("reset", static http =>
    {
        http.Abort();
        return Task.CompletedTask;
    });

    /// <summary>The connection breaks within the body.</summary>
    public static Fault ResetInBody { get; } = new("reset in the body", static async http =>
    {
        await BeginAsync(http, "{\"id\":");
        http.Abort();
    });

    /// <summary>200 and half a JSON document.</summary>
    public static Fault MalformedJson { get; } = new("malformed JSON", static http =>
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync("{\"id\":\"x\", \"half");
    });

    /// <summary>A status with a body.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The body; JSON, or what a proxy says.</param>
    /// <param name="retryAfter">The Retry-After header; null: none.</param>
    /// <returns>The fault.</returns>
    public static Fault Status(int status, string body = "", string? retryAfter = null) => new($"{status}", http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        if (retryAfter is not null)
        {
            http.Response.Headers.RetryAfter = retryAfter;
        }

        return http.Response.WriteAsync(body);
    });

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static async Task BeginAsync(HttpContext http, string half)
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = 1000;
        await http.Response.WriteAsync(half);
        await http.Response.Body.FlushAsync();
    }

    private static async Task UntilAborted(HttpContext http)
    {
        var aborted = new TaskCompletionSource();
        await using CancellationTokenRegistration registration = http.RequestAborted.Register(aborted.SetResult);
        await aborted.Task;
    }
}
