namespace DotMac.Admin.Hosting;

/// <summary>One line a request: what, by whom, what came of it. Never a query, a header or a body.</summary>
internal sealed class RequestLog(ILogger<RequestLog> logger, TimeProvider clock) : IMiddleware
{
    /// <inheritdoc />
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var started = clock.GetTimestamp();
        context.Response.Headers["X-Correlation-Id"] = context.TraceIdentifier;
        SecurityHeaders.Set(context.Response);
        try
        {
            await next(context);
        }
        finally
        {
            var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
            logger.Log(
                isRead && context.Response.StatusCode < 500 ? LogLevel.Debug : LogLevel.Information,
                "{Method} {Path} by {Caller}: {Status} in {Milliseconds:0.0} ms ({CorrelationId})",
                context.Request.Method,
                ProblemWriter.RouteOf(context),
                context.Features.Get<Callers.Caller>()?.Name ?? "nobody",
                context.Response.StatusCode,
                clock.GetElapsedTime(started).TotalMilliseconds,
                context.TraceIdentifier);
        }
    }
}
