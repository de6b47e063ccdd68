using System.Diagnostics;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Sdk.Callers;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Json;
using DotMac.Plugins.Sdk.Lifecycle;
using DotMac.Plugins.Sdk.Metrics;
using DotMac.Plugins.Sdk.Operations;
using DotMac.Plugins.Sdk.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace DotMac.Plugins.Sdk.Hosting;

/// <summary>Lists and performs operations.</summary>
internal sealed class OperationEndpoint(
    PluginDeclaration declaration,
    PluginEnvironment environment,
    CallerAuthenticator callers,
    PluginLifecycle lifecycle,
    CallGate gate,
    PluginMeters metrics,
    OperationListing listing,
    ProblemWriter problems,
    PluginHostOptions options,
    ILogger<OperationEndpoint> logger)
{
    /// <summary>GET: what there is.</summary>
    public async Task ListAsync(HttpContext http)
    {
        string correlationId = CallHeaders.CorrelationId(http.Request.Headers);
        CallerDecision decision = await AdmitAsync(http);
        if (decision.Problem is PluginProblem problem)
        {
            await problems.WriteAsync(http, new ProblemAnswer(problem), correlationId);
            return;
        }

        http.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(http.Response.Body, listing.List, ContractJsonContext.Default.OperationList, http.RequestAborted);
    }

    /// <summary>POST: do one.</summary>
    public async Task PerformAsync(HttpContext http)
    {
        string correlationId = CallHeaders.CorrelationId(http.Request.Headers);
        http.Response.Headers[ContractHeaders.CorrelationId] = correlationId;
        CallerDecision decision = await AdmitAsync(http);
        if (decision.Problem is PluginProblem refused)
        {
            logger.LogWarning("Refused a call: {Status} {Title} ({CorrelationId})", refused.Status, refused.Title, correlationId);
            await problems.WriteAsync(http, new ProblemAnswer(refused), correlationId);
            return;
        }

        if (!declaration.Operations.TryGet($"{http.GetRouteValue("name")}", out Operation? operation))
        {
            await problems.WriteAsync(
                http,
                new ProblemAnswer(new PluginProblem(
                    ProblemTypes.NotFound, "No such operation", 404, $"The plugin has: {string.Join(", ", declaration.Operations.All.Select(known => known.Name))}.")),
                correlationId);
            return;
        }

        if (!gate.TryEnter())
        {
            await problems.WriteAsync(http, Readiness.NotReady(lifecycle.Snapshot), correlationId);
            return;
        }

        try
        {
            await PerformAsync(http, operation, decision.Caller!, correlationId);
        }
        finally
        {
            gate.Leave();
        }
    }

    private async Task<CallerDecision> AdmitAsync(HttpContext http)
    {
        CallerDecision decision = await callers.AuthenticateAsync(http.Request.Headers.Authorization);
        return decision.Problem is null && (environment.Tenant is null || http.Request.Headers[ContractHeaders.Tenant] != environment.Tenant)
            ? new CallerDecision(null, new PluginProblem(
                ProblemTypes.WrongTenant, "Wrong tenant", 403, $"The header {ContractHeaders.Tenant} must name the tenant whose plugin this is."))
            : decision;
    }

    private async Task PerformAsync(HttpContext http, Operation operation, string caller, string correlationId)
    {
        Activity.Current?.SetTag(PluginTelemetry.OperationTag, operation.Name).SetTag(PluginTelemetry.CorrelationTag, correlationId);
        CallCounter counter = metrics.Operations[operation.Name];
        long start = options.TimeProvider.GetTimestamp();
        counter.Begin();
        try
        {
            ProblemAnswer? problem = await AnswerAsync(http, operation, caller, correlationId);
            if (problem is ProblemAnswer answer)
            {
                await problems.WriteAsync(http, answer, correlationId);
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer. 499 is nginx's word for it, for the log.
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        finally
        {
            TimeSpan elapsed = options.TimeProvider.GetElapsedTime(start);
            int status = http.Response.StatusCode;
            counter.End(elapsed, status >= 500 || status == StatusCodes.Status429TooManyRequests);
            logger.LogInformation(
                "{Operation} for {Caller}: {Status} in {Milliseconds} ms ({CorrelationId})", operation.Name, caller, status, (long)elapsed.TotalMilliseconds, correlationId);
        }
    }

    /// <summary>Performs and answers; the problem, when there is one, is still to be written.</summary>
    private async Task<ProblemAnswer?> AnswerAsync(HttpContext http, Operation operation, string caller, string correlationId)
    {
        TimeSpan timeout = CallHeaders.Timeout(http.Request.Headers, options);
        using CancellationTokenSource deadline = new(timeout, options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, deadline.Token);
        if (!CallHeaders.TryIdempotencyKey(http.Request.Headers, out string? idempotencyKey))
        {
            return new ProblemAnswer(ProblemMapper.Invalid(
                400, $"The header {ContractHeaders.IdempotencyKey} is not a key: write at most 255 of A-Z a-z 0-9 . _ -, such as a UUID.", []));
        }

        var context = new PluginContext(environment.Tenant!, caller, correlationId, options.TimeProvider.GetUtcNow() + timeout)
        {
            User = CallHeaders.User(http.Request.Headers),
            IdempotencyKey = idempotencyKey,
        };
        object? result;
        try
        {
            (object? request, ProblemAnswer? problem) = await ReadRequestAsync(http, operation.RequestType, both.Token);
            if (problem is not null)
            {
                return problem;
            }

            result = await operation.InvokeAsync(request, context, both.Token);
        }
#pragma warning disable CA1031 // An operation is foreign code: whatever it throws becomes an answer.
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return Failed(exception, operation, correlationId, deadlinePassed: deadline.IsCancellationRequested);
        }

        if (operation.ResponseType is null)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return null;
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(result, PluginJson.Wire.GetTypeInfo(operation.ResponseType));
        http.Response.ContentType = "application/json";

        // Without a length the answer would end with a packet of its own.
        http.Response.ContentLength = json.Length;
        await http.Response.Body.WriteAsync(json, http.RequestAborted);
        return null;
    }

    private static async Task<(object? Request, ProblemAnswer? Problem)> ReadRequestAsync(HttpContext http, Type? type, CancellationToken cancellationToken)
    {
        (byte[]? body, ProblemAnswer problem) = await RequestBody.ReadAsync(http.Request, cancellationToken);
        if (body is null || type is null)
        {
            return (null, body is null ? problem : null);
        }

        JsonElement element;
        try
        {
            element = JsonElement.Parse(body);
        }
        catch (JsonException exception)
        {
            return (null, new ProblemAnswer(ProblemMapper.Invalid(
                400, "The body is not JSON.", [new FieldProblem(JsonPointer.Root, $"Look at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.")])));
        }

        (object? request, IReadOnlyList<FieldProblem> errors) = JsonBinder.Bind(element, type, PluginJson.Wire);
        return errors.Count == 0 ? (request, null) : (null, new ProblemAnswer(ProblemMapper.Invalid(422, "Some fields are missing or wrong.", errors)));
    }

    private ProblemAnswer Failed(Exception exception, Operation operation, string correlationId, bool deadlinePassed)
    {
        // A cancellation that is not the deadline's is a defect of the operation, not a time-out.
        ProblemAnswer answer = ProblemMapper.Map(exception is OperationCanceledException && !deadlinePassed ? new InvalidOperationException("Cancelled.", exception) : exception);
        if (answer.Problem.Type == ProblemTypes.Internal)
        {
            logger.LogError(exception, "{Operation} failed ({CorrelationId})", operation.Name, correlationId);
        }
        else
        {
            logger.LogWarning("{Operation} failed: {Title}. {Detail} ({CorrelationId})", operation.Name, answer.Problem.Title, answer.Problem.Detail, correlationId);
        }

        return answer;
    }
}
