namespace DotMac.Admin.Problems;

/// <summary>The types of problem that the API answers: stable identifiers, URIs as RFC 9457 asks for, not meant to be opened.</summary>
internal static class ProblemKinds
{
    /// <summary>The request cannot be read (400).</summary>
    public const string Malformed = Prefix + "malformed-request";

    /// <summary>The request can be read, and a field of it is wrong (422).</summary>
    public const string Invalid = Prefix + "invalid-request";

    /// <summary>No token, or one that is nobody's (401).</summary>
    public const string Unauthenticated = Prefix + "unauthenticated";

    /// <summary>The caller may see the tenant and not do this (403).</summary>
    public const string Forbidden = Prefix + "forbidden";

    /// <summary>There is none, or the caller may not know of it (404).</summary>
    public const string NotFound = Prefix + "not-found";

    /// <summary>Several are meant, and the request does not say which (409).</summary>
    public const string Ambiguous = Prefix + "ambiguous";

    /// <summary>It is there already, or in a state that forbids this (409).</summary>
    public const string Conflict = Prefix + "conflict";

    /// <summary>Other plugins need it (409).</summary>
    public const string Needed = Prefix + "needed-by-others";

    /// <summary>It was changed since the state that <c>If-Match</c> names (412).</summary>
    public const string Changed = Prefix + "precondition-failed";

    /// <summary>The body is larger than is taken (413).</summary>
    public const string TooLarge = Prefix + "too-large";

    /// <summary>The body is no JSON (415).</summary>
    public const string MediaType = Prefix + "unsupported-media-type";

    /// <summary>Too many requests (429, with Retry-After).</summary>
    public const string TooMany = Prefix + "too-many-requests";

    /// <summary>The API server answered what is not expected of it (502).</summary>
    public const string Upstream = Prefix + "upstream-error";

    /// <summary>The API server, or Vault, cannot be reached or will not answer now (503).</summary>
    public const string Unavailable = Prefix + "unavailable";

    /// <summary>It took longer than the caller waits (504).</summary>
    public const string Timeout = Prefix + "timeout";

    /// <summary>A defect (500).</summary>
    public const string Internal = Prefix + "internal";

    private const string Prefix = "https://plugins.dotmac.io/problems/";
}
