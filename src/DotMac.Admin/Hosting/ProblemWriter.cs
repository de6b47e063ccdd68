using System.Text.Json;
using DotMac.Admin.Json;
using DotMac.Admin.Problems;

namespace DotMac.Admin.Hosting;

/// <summary>Answers what cannot be done with a problem detail, whatever went wrong.</summary>
internal sealed class ProblemWriter(ILogger<ProblemWriter> logger) : IMiddleware
{
    /// <inheritdoc />
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, ContentType: null, StatusCode: StatusCodes.Status405MethodNotAllowed or StatusCodes.Status415UnsupportedMediaType })
            {
                await CompleteAsync(context);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to be answered.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, Of(e, context), (e as ProblemException)?.RetryAfter);
        }
        catch (Exception e) when (e is IOException or ProblemException or HttpRequestException or TimeoutException)
        {
            // The answer is half out: all that can be said now is that it is not whole.
            logger.LogInformation("{Method} {Path} broke off: {Reason}", context.Request.Method, RouteOf(context), e.Message);
            context.Abort();
        }
    }

    /// <summary>The pattern of the path that was asked for: an address may hold what a log should not.</summary>
    public static string RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no such path)";

    private Problem Of(Exception exception, HttpContext context)
    {
        switch (exception)
        {
            case ProblemException refusal:
                return refusal.Problem;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Refuse.Of(ProblemKinds.TooLarge, "The request is too large", 413, $"a request may have {AdminServer.LongestBody / 1024} KiB");
            case BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType }:
                return Refuse.Of(ProblemKinds.MediaType, "The body is no JSON", 415, "send the body as JSON, with Content-Type: application/json");
            case BadHttpRequestException { InnerException: JsonException json }:
                return Refuse.Malformed("the body is not what is expected; see errors", new FieldError(JsonPath.ToPointer(json.Path), JsonPath.Explain(json))).Problem;
            case BadHttpRequestException bad:
                return Refuse.Of(ProblemKinds.Malformed, "The request cannot be read", bad.StatusCode, "the request cannot be read; see /docs for what is expected");
            default:
                logger.LogError(exception, "{Method} {Path} failed", context.Request.Method, RouteOf(context));
                return Refuse.Of(ProblemKinds.Internal, "A defect", 500, "this is a defect of the service; its log says more under the correlation id");
        }
    }

    // What the framework refuses by itself has a status and no words.
    private static async Task CompleteAsync(HttpContext context)
    {
        var problem = context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed
            ? Refuse.Of(ProblemKinds.NotFound, "No such method", 405, $"this path does not take {context.Request.Method}; the header Allow says what it takes")
            : Refuse.Of(ProblemKinds.MediaType, "The body is no JSON", 415, "send the body as JSON, with Content-Type: application/json");
        context.Response.ContentType = Problem.ContentType;
        await JsonSerializer.SerializeAsync(context.Response.Body, problem with { CorrelationId = context.TraceIdentifier }, AdminJson.Of<Problem>(), context.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext context, Problem problem, TimeSpan? retryAfter)
    {
        context.Response.Clear();
        SecurityHeaders.Set(context.Response);
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = Problem.ContentType;
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"dotmac\"";
        }

        if (retryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        await JsonSerializer.SerializeAsync(context.Response.Body, problem with { CorrelationId = context.TraceIdentifier }, AdminJson.Of<Problem>(), context.RequestAborted);
    }
}
