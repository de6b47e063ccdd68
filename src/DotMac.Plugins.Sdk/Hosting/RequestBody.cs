using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Sdk.Errors;
using Microsoft.AspNetCore.Http;

namespace DotMac.Plugins.Sdk.Hosting;

/// <summary>Reads a request's body, whole.</summary>
internal static class RequestBody
{
    /// <summary>The most bytes that are read.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The body; null, and the problem, when it is too large or broken off.</summary>
    public static async Task<(byte[]? Body, ProblemAnswer Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var buffer = new MemoryStream();
            await request.Body.CopyToAsync(buffer, cancellationToken);
            return (buffer.ToArray(), default);
        }
        catch (BadHttpRequestException exception)
        {
            return (null, new ProblemAnswer(exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new PluginProblem(ProblemTypes.TooLarge, "The request is too large", 413, $"A body has at most {MaxBytes} bytes.")
                : ProblemMapper.Invalid(400, "The body could not be read.", [])));
        }
    }
}
