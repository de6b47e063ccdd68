using DotMac.Plugins.Contract.References;
using DotMac.Plugins.SendGrid.Operations;

namespace DotMac.Plugins.SendGrid.Api;

/// <summary>Finds the member of a request that SendGrid means by a field.</summary>
internal static class RequestField
{
    /// <summary>The member's JSON pointer; the whole request's when SendGrid names none that the request has.</summary>
    /// <param name="field">The field, as in <c>personalizations.0.to.0.email</c>.</param>
    /// <param name="request">The request.</param>
    public static string Pointer(string? field, SendEmailRequest request)
    {
        string[] path = (field ?? "").Split('.');
        return path switch
        {
            ["personalizations", _, .. string[] rest] => Below(rest),
            ["content", string index, ..] => Content(index, request),
            ["content"] => Content("0", request),
            ["attachments", string index, .. string[] rest] => Attachment(index, rest),
            ["mail_settings", "sandbox_mode", ..] => "/sandboxMode",
            _ => Below(path),
        };
    }

    /// <summary>Whether SendGrid means the sender.</summary>
    public static bool IsSender(string? field) => field?.Split('.') is ["from", ..] or ["personalizations", _, "from", ..];

    private static string Below(string[] path) => path switch
    {
        ["to" or "cc" or "bcc" or "from" or "subject" or "categories", ..] => Join(path),
        ["reply_to", .. string[] rest] => Join(["replyTo", .. rest]),
        ["template_id", ..] => "/templateId",
        ["send_at", ..] => "/sendAt",
        ["dynamic_template_data", .. string[] rest] => Join(["dynamicTemplateData", .. rest]),

        // A name of the caller's own may hold dots.
        ["custom_args", .. { Length: > 0 } rest] => Join(["customArgs", string.Join('.', rest)]),
        ["custom_args"] => "/customArgs",
        _ => JsonPointer.Root,
    };

    private static string Content(string index, SendEmailRequest request) =>
        request.Html is not null && (request.Text is null || index == "1") ? "/html" : "/text";

    private static string Attachment(string index, string[] rest) => Join(["attachments", index, .. rest is [string member, ..] ? Member(member) : []]);

    private static string[] Member(string name) => name switch
    {
        "content" => ["contentBase64"],
        "type" => ["contentType"],
        "filename" => ["fileName"],
        "disposition" => ["disposition"],
        "content_id" => ["contentId"],
        _ => [],
    };

    private static string Join(IEnumerable<string> tokens) => tokens.Aggregate(JsonPointer.Root, JsonPointer.Append);
}
