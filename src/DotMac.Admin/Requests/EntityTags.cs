using DotMac.Admin.Problems;
using Microsoft.Net.Http.Headers;

namespace DotMac.Admin.Requests;

/// <summary>Entity tags (RFC 9110, section 8.8.3): a plugin's resourceVersion.</summary>
internal static class EntityTags
{
    /// <summary>The tag of a resourceVersion.</summary>
    public static string Of(string? resourceVersion) => $"\"{resourceVersion}\"";

    /// <summary>The resourceVersion that <c>If-Match</c> names; null when there is none, or any will do.</summary>
    /// <exception cref="ProblemException">It names several, or none that can be meant.</exception>
    public static string? Required(HttpRequest request)
    {
        if (request.Headers.IfMatch.Count == 0)
        {
            return null;
        }

        if (!EntityTagHeaderValue.TryParseList([.. request.Headers.IfMatch.OfType<string>()], out var tags) || tags is not [var tag])
        {
            throw Refuse.Malformed("If-Match must be one entity tag as the header ETag gave it, or *");
        }

        return tag.Equals(EntityTagHeaderValue.Any) ? null
            : !tag.IsWeak && tag.Tag.Length > 2 ? tag.Tag.Subsegment(1, tag.Tag.Length - 2).ToString()
            : throw Refuse.Malformed("If-Match must be one entity tag as the header ETag gave it, or *");
    }

    /// <summary>Whether the caller has this state already.</summary>
    public static bool IsKnown(HttpRequest request, string? resourceVersion) =>
        request.Headers.IfNoneMatch.Count > 0
        && EntityTagHeaderValue.TryParseList([.. request.Headers.IfNoneMatch.OfType<string>()], out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag == Of(resourceVersion));
}
