using System.Text.Json;

namespace DotMac.Plugins.Vendors.IntegrationTests.Prism;

/// <summary>
/// Reads out of Prism's answer what it has against the request. The status alone does not tell: the header <c>sl-violations</c> also lists what Prism has
/// against its own mocked answer, and where the description has no answer for a bad request, there is no header but a problem of Prism's own.
/// </summary>
internal static class PrismVerdict
{
    private const string PrismProblem = "https://stoplight.io/prism/errors#";

    /// <summary>What Prism has against a request.</summary>
    /// <param name="status">The status of its answer.</param>
    /// <param name="violations">The answer's header <c>sl-violations</c>; null when there is none.</param>
    /// <param name="body">The answer's body.</param>
    /// <returns>The faults; none when the request is good.</returns>
    public static IReadOnlyList<string> Faults(int status, string? violations, string body) =>
        violations is not null ? [.. JsonElement.Parse(violations).EnumerateArray().Where(IsOfRequest).Select(Text)]
        : status < 400 ? []
        : [$"Prism answered {status}: {Reason(body)}"];

    private static bool IsOfRequest(JsonElement violation) => violation.GetProperty("location")[0].GetString() == "request";

    private static string Text(JsonElement violation) =>
        $"{string.Join('/', violation.GetProperty("location").EnumerateArray())}: {violation.GetProperty("message").GetString()}";

    private static string Reason(string body) => body.Contains(PrismProblem, StringComparison.Ordinal) ? Told(JsonElement.Parse(body)) : "no reason";

    private static string Told(JsonElement problem) =>
        problem.TryGetProperty("validation", out JsonElement validation)
            ? string.Join("; ", validation.EnumerateArray().Select(Text))
            : problem.GetProperty("detail").GetString() ?? "no detail";
}
