using System.Diagnostics;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Lifecycle;
using DotMac.Plugins.Sdk.Metrics;
using DotMac.Plugins.Sdk.Telemetry;
using DotMac.Plugins.Sdk.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace DotMac.Plugins.Sdk.Hosting;

/// <summary>Takes vendors' callbacks. Anybody on the internet may send one, so nothing is parsed before the signature is verified.</summary>
internal sealed class WebhookEndpoint(
    PluginDeclaration declaration,
    PluginEnvironment environment,
    PluginLifecycle lifecycle,
    CallGate gate,
    PluginMeters metrics,
    ProblemWriter problems,
    PluginHostOptions options,
    ILogger<WebhookEndpoint> logger)
{
    /// <summary>POST, and GET where the webhook takes it.</summary>
    public async Task TakeAsync(HttpContext http)
    {
        string correlationId = CallHeaders.CorrelationId(http.Request.Headers);
        if (!declaration.Webhooks.TryGetValue($"{http.GetRouteValue("name")}", out Webhook? webhook))
        {
            await problems.WriteAsync(
                http, new ProblemAnswer(new PluginProblem(ProblemTypes.NotFound, "No such webhook", 404, "The plugin declares no webhook of this name.")), correlationId);
            return;
        }

        if (!webhook.TakesGet && !HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = HttpMethods.Post;
            await problems.WriteAsync(http, new ProblemAnswer(new PluginProblem(ProblemTypes.NotFound, "Only POST", 405, "This webhook takes POST alone.")), correlationId);
            return;
        }

        if (!gate.TryEnter())
        {
            await problems.WriteAsync(http, Readiness.NotReady(lifecycle.Snapshot), correlationId);
            return;
        }

        // The rest of the path is a secret of some vendors.
        Activity.Current?.SetTag("url.path", $"{ContractPaths.Webhooks}/{webhook.Name}").SetTag(PluginTelemetry.CorrelationTag, correlationId);
        CallCounter counter = metrics.Webhooks[webhook.Name];
        long start = options.TimeProvider.GetTimestamp();
        counter.Begin();
        try
        {
            ProblemAnswer? problem = await AnswerAsync(http, webhook, correlationId);
            if (problem is ProblemAnswer answer && !http.Response.HasStarted)
            {
                await problems.WriteAsync(http, answer, correlationId);
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        finally
        {
            // A refused signature is somebody else's failure, and not even the vendor's.
            counter.End(options.TimeProvider.GetElapsedTime(start), http.Response.StatusCode >= StatusCodes.Status500InternalServerError);
            gate.Leave();
        }
    }

    private async Task<ProblemAnswer?> AnswerAsync(HttpContext http, Webhook webhook, string correlationId)
    {
        using CancellationTokenSource deadline = new(options.DefaultTimeout, options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, deadline.Token);
        try
        {
            (byte[]? body, ProblemAnswer problem) = await RequestBody.ReadAsync(http.Request, both.Token);
            if (body is null)
            {
                return problem;
            }

            var request = new WebhookRequest(
                http.Request.GetEncodedPathAndQuery(),
                http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body)
            {
                Method = http.Request.Method,
                Rest = $"{http.GetRouteValue("rest")}",
            };
            if (!webhook.Verifier.Verify(request))
            {
                logger.LogWarning("Refused a callback to {Webhook}: its signature is wrong ({CorrelationId})", webhook.Name, correlationId);
                return new ProblemAnswer(new PluginProblem(ProblemTypes.Forbidden, "The signature is wrong", 403, "The vendor's signature could not be verified."));
            }

            var context = new PluginContext(environment.Tenant!, "webhook", correlationId, options.TimeProvider.GetUtcNow() + options.DefaultTimeout);
            WebhookResponse response = await webhook.HandleAsync(request, context, both.Token);
            http.Response.StatusCode = response.Status;
            http.Response.ContentType = response.ContentType;
            if (response.Body.Length > 0)
            {
                // A 204 may have no body, not even an empty one.
                http.Response.ContentLength = response.Body.Length;
                await http.Response.Body.WriteAsync(response.Body, http.RequestAborted);
            }

            return null;
        }
#pragma warning disable CA1031 // A webhook is foreign code: whatever it throws becomes an answer.
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            ProblemAnswer answer = ProblemMapper.Map(exception);
            logger.Log(
                answer.Problem.Type == ProblemTypes.Internal ? LogLevel.Error : LogLevel.Warning, exception, "Webhook {Webhook} failed ({CorrelationId})", webhook.Name, correlationId);
            return answer;
        }
    }
}
