using System.Net;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;

namespace DotMac.Plugins.Mailchimp.Api;

/// <summary>Turns Mailchimp's problem details (https://mailchimp.com/developer/marketing/docs/errors) into the SDK's errors.</summary>
internal static class MailchimpErrors
{
    // Mailchimp's fields by the members of the requests that they come from.
    private static readonly Dictionary<string, string> Members = new(StringComparer.Ordinal)
    {
        ["email_address"] = "/email",
        ["status"] = "/status",
        ["status_if_new"] = "/statusIfNew",
        ["merge_fields"] = "/mergeFields",
        ["language"] = "/language",
        ["tags"] = "/add",
        ["recipients.list_id"] = "/audienceId",
        ["recipients.segment_opts.saved_segment_id"] = "/segmentId",
        ["settings.subject_line"] = "/subjectLine",
        ["settings.from_name"] = "/fromName",
        ["settings.reply_to"] = "/replyTo",
        ["settings.title"] = "/title",
        ["settings.preview_text"] = "/previewText",
        ["html"] = "/html",
        ["plain_text"] = "/plainText",
        ["template.id"] = "/templateId",
        ["schedule_time"] = "/at",
    };

    /// <summary>The exception for an answer that is not a success.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="problem">Its body; null when it was not Mailchimp's JSON.</param>
    /// <param name="notFound">What a 404 means to the caller; null when the caller named nothing.</param>
    public static PluginException Map(VendorAnswer answer, MailchimpProblem? problem, string? notFound)
    {
        string? said = problem?.Detail is { Length: > 0 } detail ? $"{detail.TrimEnd('.')} (Mailchimp: {problem.Title})" : problem?.Title;
        if (answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity)
        {
            FieldProblem[] fields = [.. (problem?.Errors ?? []).Select(static error => new FieldProblem(Pointer(error.Field), error.Message))];
            return new InvalidRequestException($"Mailchimp refused the request: {said ?? "it gave no reason"}.", fields);
        }

        return answer.ToException(said, problem?.Title, "apiKey", notFound);
    }

    /// <summary>The caller's member for Mailchimp's field; the whole request when there is none.</summary>
    internal static string Pointer(string? field)
    {
        if (string.IsNullOrEmpty(field))
        {
            return JsonPointer.Root;
        }

        if (Members.TryGetValue(field, out string? pointer))
        {
            return pointer;
        }

        // Merge fields are named by themselves, in capitals.
        string name = field.StartsWith("merge_fields.", StringComparison.Ordinal) ? field["merge_fields.".Length..] : field;
        return name.All(static c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)) ? JsonPointer.Append("/mergeFields", name) : JsonPointer.Root;
    }
}
