using System.Globalization;
using System.Text.Json;
using DotMac.Plugins.Contract;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Logging;
using Microsoft.AspNetCore.Http;

namespace DotMac.Plugins.Sdk.Hosting;

/// <summary>Answers with problem details, without secrets.</summary>
internal sealed class ProblemWriter(SecretRedactor redactor)
{
    /// <summary>Answers with a problem.</summary>
    /// <param name="http">The request.</param>
    /// <param name="answer">The problem.</param>
    /// <param name="correlationId">The call's id; null outside calls.</param>
    public async Task WriteAsync(HttpContext http, ProblemAnswer answer, string? correlationId = null)
    {
        PluginProblem problem = answer.Problem with { CorrelationId = correlationId };
        http.Response.StatusCode = problem.Status ?? StatusCodes.Status500InternalServerError;
        http.Response.ContentType = PluginProblem.MediaType;
        if (answer.RetryAfter is TimeSpan wait)
        {
            // Whole seconds (RFC 9110, section 10.2.3), rounded up so that nobody comes back too early.
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        string json = JsonSerializer.Serialize(problem, ContractJsonContext.Default.PluginProblem);
        await http.Response.WriteAsync(redactor.Redact(json), http.RequestAborted);
    }
}
