using System.Text.RegularExpressions;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Contract.References;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;

namespace DotMac.Plugins.Slack.Api;

/// <summary>Turns Slack's errors into the SDK's. The codes are those of the methods' pages below https://docs.slack.dev/reference/methods.</summary>
internal static partial class SlackErrors
{
    private const int LongestDetail = 500;

    // Refusals that the caller can mend: the argument to mend, and how.
    private static readonly Dictionary<string, (string Argument, string Advice)> Arguments = new(StringComparer.Ordinal)
    {
        ["channel_not_found"] = ("channel", "The bot sees no such channel. Check the id; a private channel must have invited the bot."),
        ["not_in_channel"] = ("channel", "The bot is not in the channel. Invite it there."),
        ["is_archived"] = ("channel", "The channel is archived."),
        ["posting_to_channel_denied"] = ("channel", "The bot may not post to the channel."),
        ["messages_tab_disabled"] = ("channel", "The app takes no direct messages. Turn on its messages tab in the app's settings."),
        ["restricted_action"] = ("channel", "The workspace's settings do not let the bot post there."),
        ["restricted_action_read_only_channel"] = ("channel", "The channel is read-only."),
        ["restricted_action_thread_only_channel"] = ("channel", "The channel takes replies to threads alone. Set threadTs."),
        ["restricted_action_non_threadable_channel"] = ("thread_ts", "The channel has no threads. Leave threadTs out."),
        ["restricted_action_thread_locked"] = ("thread_ts", "The thread is locked."),
        ["cannot_reply_to_message"] = ("thread_ts", "The message takes no replies."),
        ["invalid_thread_ts"] = ("thread_ts", "There is no such thread in the channel."),
        ["thread_not_found"] = ("thread_ts", "There is no such thread in the channel."),
        ["msg_too_long"] = ("text", "The text is too long for Slack. Shorten it or send it as a file."),
        ["no_text"] = ("text", "A message needs text or blocks."),
        ["markdown_text_conflict"] = ("text", "Slack does not take both."),
        ["invalid_blocks"] = ("blocks", "Slack does not take these blocks. Try them in its Block Kit Builder."),
        ["invalid_blocks_format"] = ("blocks", "Slack does not take these blocks. Try them in its Block Kit Builder."),
        ["msg_blocks_too_long"] = ("blocks", "The blocks are too long together."),
        ["cant_update_message"] = ("ts", "Only the bot's own messages can be changed."),
        ["edit_window_closed"] = ("ts", "The workspace's settings do not let messages of this age be changed."),
        ["user_not_in_channel"] = ("user", "The user is not in the channel."),
        ["user_not_found"] = ("user", "There is no such user."),
        ["invalid_cursor"] = ("cursor", "The cursor is none of this list's. Begin anew without one."),
        ["invalid_limit"] = ("limit", "Slack does not take this limit."),
        ["invalid_types"] = ("types", "Slack does not take these types."),
        ["alt_txt_too_large"] = ("alt_txt", "The text is too long."),
        ["blocked_file_type"] = ("filename", "The workspace's settings do not let files of this type in."),
        ["file_upload_size_restricted"] = ("length", "The workspace's settings do not let files of this size in."),
    };

    /// <summary>The exception for an answer that is not a success.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="reply">Its body; null when it was not Slack's JSON.</param>
    /// <param name="method">What was called.</param>
    public static PluginException Map(VendorAnswer answer, SlackReply? reply, SlackMethod method)
    {
        if (reply?.Error is not { Length: > 0 } code)
        {
            return answer.IsSuccess ? new VendorException("Slack refused and gave no reason.") : answer.ToException(said: null, code: null, "botToken");
        }

        return code switch
        {
            "ratelimited" or "rate_limited" => new VendorRateLimitException($"Slack limits the rate of {method.Name}.", answer.RetryAfter, code),
            "service_unavailable" or "team_added_to_org" => new VendorUnavailableException($"Slack is not available for the moment ({code}).", answer.RetryAfter),
            "internal_error" or "fatal_error" => new VendorException($"Slack failed ({code}); what was asked may have happened all the same.", code),
            "missing_scope" => new VendorException(
                $"The token lacks the scope {reply.Needed ?? "that Slack wants"}. Add it to the app under OAuth & Permissions, and install the app again. (missing_scope)", code),
            "invalid_auth" or "not_authed" or "token_revoked" or "token_expired" or "account_inactive" =>
                new VendorException($"Slack refused the credentials: {Credentials(code)} ({code}). Check botToken.", code),
            "not_allowed_token_type" or "no_permission" or "access_denied" or "ekm_access_denied" or "org_login_required" or "two_factor_setup_required"
                or "team_access_not_granted" or "enterprise_is_restricted" =>
                new VendorException($"Slack does not permit that: {code}. Check what botToken may do.", code),
            "message_not_found" => new ResourceNotFoundException("The channel has no such message."),
            _ => OfArguments(code, reply, method),
        };
    }

    private static string Credentials(string code) => code switch
    {
        "token_revoked" => "the token was revoked",
        "token_expired" => "the token is too old",
        "account_inactive" => "the bot or its workspace was deleted",
        "not_authed" => "there is no token",
        _ => "the token is not valid",
    };

    private static PluginException OfArguments(string code, SlackReply reply, SlackMethod method)
    {
        IReadOnlyList<string> details = [.. (reply.ResponseMetadata?.Messages ?? []).Where(static message => !string.IsNullOrWhiteSpace(message)).Select(Shorten)];
        string said = details.Count == 0 ? "" : $" Slack says: {Shorten(string.Join("; ", details))}";
        FieldProblem[] named = [.. details.Select(detail => Named(detail, code, method)).OfType<FieldProblem>()];
        if (named.Length > 0)
        {
            return new InvalidRequestException($"Slack refused a field ({code}).{said}", named);
        }

        if (Arguments.TryGetValue(code, out (string Argument, string Advice) known) && method.Members.TryGetValue(known.Argument, out string? pointer))
        {
            return new InvalidRequestException($"Slack refused a field ({code}).", [new FieldProblem(pointer, $"{known.Advice} ({code}){said}")]);
        }

        return code.StartsWith("invalid_arg", StringComparison.Ordinal)
            ? new InvalidRequestException($"Slack refused the request ({code}).{said}")
            : new VendorException($"Slack refused {method.Name}: {code}.{said}", code);
    }

    // "must be more than 0 characters [json-pointer:/blocks/0/text]".
    private static FieldProblem? Named(string detail, string code, SlackMethod method)
    {
        Match match = PointerForm().Match(detail);
        string[] tokens = match.Groups[1].Value.Split('/');
        return match.Success && method.Members.TryGetValue(tokens[0], out string? member)
            ? new FieldProblem(tokens.Skip(1).Aggregate(member, static (pointer, token) => $"{pointer}/{token}"), $"{detail[..match.Index].Replace("[ERROR]", "", StringComparison.Ordinal).Trim()} ({code})")
            : null;
    }

    private static string Shorten(string text) => text.Length <= LongestDetail ? text : text[..LongestDetail] + "…";

    [GeneratedRegex(@"\[json-pointer:/([^\]]+)\]", RegexOptions.CultureInvariant)]
    private static partial Regex PointerForm();
}
