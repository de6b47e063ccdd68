using System.Text.Json;
using System.Text.RegularExpressions;

namespace DotMac.Plugins.HubSpot.Api;

/// <summary>
/// An error of HubSpot's (https://developers.hubspot.com/docs/api-reference/error-handling), of a whole request or of one input of a batch. HubSpot says
/// that every field is optional, and their forms differ from API to API: what is of another form counts as not there.
/// </summary>
/// <param name="Category">What is wrong, such as <c>VALIDATION_ERROR</c>.</param>
/// <param name="Message">What is wrong, for people.</param>
/// <param name="CorrelationId">What HubSpot's support asks for.</param>
/// <param name="PolicyName">Which rate limit was reached, such as <c>TEN_SECONDLY_ROLLING</c>.</param>
/// <param name="Problems">What is wrong with which field.</param>
/// <param name="Scopes">Which scopes the app lacks; one of them is enough.</param>
/// <param name="Ids">Of which objects of a batch.</param>
/// <param name="TraceIds">Of which inputs of a batch.</param>
internal sealed partial record HubSpotError(
    string? Category,
    string? Message,
    string? CorrelationId,
    string? PolicyName,
    IReadOnlyList<HubSpotProblem> Problems,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Ids,
    IReadOnlyList<string> TraceIds)
{
    /// <summary>The object that is in the way of one with the same unique property; null when none is named.</summary>
    public string? ExistingId => ExistingIdForm().Match(Message ?? "") is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Reads an error; null when it is none, such as a proxy's HTML.</summary>
    public static HubSpotError? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return Read(JsonElement.Parse(body));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads an error; null when it is none.</summary>
    public static HubSpotError? Read(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        JsonElement[] details = [.. Items(error, "errors").Where(static detail => detail.ValueKind == JsonValueKind.Object)];
        (string? message, JsonElement? embedded) = Split(Text(error, "message"));
        return new HubSpotError(
            Text(error, "category") ?? Text(error, "errorType"),
            message,
            Text(error, "correlationId"),
            Text(error, "policyName"),
            AllProblems(error, message, embedded, details),
            [.. details.Append(error).SelectMany(static part => Context(part, "requiredGranularScopes", "requiredScopes", "missingScopes")).Distinct(StringComparer.Ordinal)],
            [.. Context(error, "ids", "id")],
            [.. Context(error, "objectWriteTraceId")]);
    }

    private static IReadOnlyList<HubSpotProblem> AllProblems(JsonElement error, string? message, JsonElement? embedded, JsonElement[] details)
    {
        IEnumerable<HubSpotProblem> named = details.SelectMany(detail => ProblemsOf(detail, message))
            .Concat(embedded is { } list ? list.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.Object).SelectMany(item => ProblemsOf(item, message)) : [])
            .Concat(Context(error, "properties", "propertyName").Select(property => new HubSpotProblem(property, null, message ?? "Was refused.", null)));

        // The same is often said twice: in the message and in the list.
        return [.. named.DistinctBy(static problem => problem.Property ?? problem.In ?? problem.Message)];
    }

    private static IEnumerable<HubSpotProblem> ProblemsOf(JsonElement detail, string? fallback)
    {
        (string? message, JsonElement? embedded) = Split(Text(detail, "message"));
        if (embedded is { } list)
        {
            return list.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.Object).SelectMany(item => ProblemsOf(item, message));
        }

        string said = message ?? fallback ?? "Was refused.";
        string? code = Text(detail, "code") ?? Text(detail, "error");
        string[] properties = [.. Context(detail, "propertyName", "properties")];
        string?[] names = properties.Length > 0 ? [.. properties] : [Text(detail, "name") ?? Quoted(said)];
        return names.Select(name => new HubSpotProblem(name, Text(detail, "in"), said, code));
    }

    // "Property values were not valid: [{"name":"email","message":…}]": the list is for programs, the rest for people.
    private static (string? Message, JsonElement? Embedded) Split(string? message)
    {
        int start = message?.IndexOf("[{", StringComparison.Ordinal) ?? -1;
        int end = message?.LastIndexOf(']') ?? -1;
        if (start < 0 || end < start)
        {
            return (message, null);
        }

        try
        {
            return (message![..start].TrimEnd(' ', ':'), JsonElement.Parse(message[start..(end + 1)]));
        }
        catch (JsonException)
        {
            return (message, null);
        }
    }

    private static string? Quoted(string message) => QuotedForm().Match(message) is { Success: true } match ? match.Groups[1].Value : null;

    private static IEnumerable<string> Context(JsonElement part, params string[] names) =>
        part.TryGetProperty("context", out JsonElement context) && context.ValueKind == JsonValueKind.Object
            ? names.SelectMany(name => context.TryGetProperty(name, out JsonElement value) ? Texts(value) : [])
            : [];

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Number => [value.GetRawText()],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        _ => [],
    };

    private static IEnumerable<JsonElement> Items(JsonElement part, string name) =>
        part.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static string? Text(JsonElement part, string name) =>
        part.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    [GeneratedRegex("Existing ID: ([0-9]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ExistingIdForm();

    [GeneratedRegex("^Property \"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedForm();
}
