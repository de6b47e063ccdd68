namespace DotMac.Plugins.Contract.Problems;

/// <summary>The types of problem that plugins answer: stable identifiers, URIs as RFC 9457 asks for, not meant to be opened.</summary>
public static class ProblemTypes
{
    /// <summary>The request is malformed or invalid (400, 422): the caller must change it.</summary>
    public const string InvalidRequest = Prefix + "invalid-request";

    /// <summary>The request's body is larger than the plugin takes (413).</summary>
    public const string TooLarge = Prefix + "too-large";

    /// <summary>No such operation or webhook, or no such thing at the vendor (404).</summary>
    public const string NotFound = Prefix + "not-found";

    /// <summary>There is no token, or it could not be verified (401).</summary>
    public const string Unauthenticated = Prefix + "unauthenticated";

    /// <summary>The token is good, but its owner is not among the plugin's callers, or a webhook's signature is wrong (403).</summary>
    public const string Forbidden = Prefix + "forbidden";

    /// <summary>The tenant of the request is not the plugin's (403).</summary>
    public const string WrongTenant = Prefix + "wrong-tenant";

    /// <summary>Nobody can be let in yet: the file that says who may call is missing or unusable (503).</summary>
    public const string CallersUnknown = Prefix + "callers-unknown";

    /// <summary>The plugin is not ready (503).</summary>
    public const string NotReady = Prefix + "not-ready";

    /// <summary>The vendor refused or failed (502).</summary>
    public const string VendorError = Prefix + "vendor-error";

    /// <summary>The vendor asks to come back later (429, with Retry-After).</summary>
    public const string VendorRateLimit = Prefix + "vendor-rate-limit";

    /// <summary>The vendor cannot be reached (503, with Retry-After when known).</summary>
    public const string VendorUnavailable = Prefix + "vendor-unavailable";

    /// <summary>It took longer than the caller waits (504). What was asked may have happened all the same.</summary>
    public const string Timeout = Prefix + "timeout";

    /// <summary>A defect of the plugin (500).</summary>
    public const string Internal = Prefix + "internal";

    private const string Prefix = "https://plugins.dotmac.io/problems/";
}
