using DotMac.Plugins.Contract.Callers;
using DotMac.Plugins.Contract.Problems;
using DotMac.Plugins.Sdk.Hosting;
using DotMac.Plugins.Sdk.Mounted;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DotMac.Plugins.Sdk.Callers;

/// <summary>Verifies callers' tokens against the callers file, offline.</summary>
internal sealed class CallerAuthenticator(
    MountedFiles files, PluginEnvironment environment, TimeProvider timeProvider, ILogger<CallerAuthenticator> logger)
{
    private const string Scheme = "Bearer ";
    private const int Tries = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private byte[]? _bytes;
    private volatile CallersPolicy? _policy;

    /// <summary>Looks at the file again. Called from one thread.</summary>
    public void Refresh()
    {
        byte[]? bytes = Read();
        if (_policy is not null && ((bytes is null && _bytes is null) || (bytes is not null && _bytes is not null && bytes.AsSpan().SequenceEqual(_bytes))))
        {
            return;
        }

        CallersPolicy policy = CallersPolicyReader.Read(bytes, files.CallersPath, timeProvider);

        // Where callers were let in a moment ago, what is wrong now may be that the file is just being replaced: it is looked at again before all are turned away.
        for (int attempt = 1; attempt < Tries && policy.Problem is not null && _policy is { Problem: null }; attempt++)
        {
            Thread.Sleep(Pause);
            bytes = Read();
            policy = CallersPolicyReader.Read(bytes, files.CallersPath, timeProvider);
        }

        _bytes = bytes;
        _policy = policy;
        if (policy.IsOpen)
        {
            logger.LogWarning("Anybody who reaches the port may call: spec.callerAuthentication of the TenantPlugin is None.");
        }
        else if (AllowsAnonymous(policy))
        {
            logger.LogWarning("Anybody may call: there is no callers file and anonymous callers are allowed. Never do this in a cluster.");
        }
        else if (policy.Problem is not null)
        {
            logger.LogWarning("{Problem}", policy.Problem);
        }
        else
        {
            logger.LogInformation("Callers are known: {Count} entries.", policy.Allowed.Count);
        }
    }

    private byte[]? Read()
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return files.ReadCallers();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                if (attempt == Tries)
                {
                    // Not the same as absent: an unreadable file must never open the door for anonymous callers.
                    return [];
                }

                // The kubelet takes the old directory away as it puts a new one in its place: who was on the way into the old one finds nothing, and a moment
                // later all of the new one.
                Thread.Sleep(Pause);
            }
        }
    }

    /// <summary>Decides about one call.</summary>
    /// <param name="authorization">The Authorization header; null or empty when there is none.</param>
    public async Task<CallerDecision> AuthenticateAsync(string? authorization)
    {
        if (_policy is not CallersPolicy policy || (policy.Parameters is null && !AllowsAnonymous(policy)))
        {
            return Refused(ProblemTypes.CallersUnknown, "Callers are not known", 503, _policy?.Problem ?? "The plugin is starting.");
        }

        if (policy.Parameters is null)
        {
            return new CallerDecision("anonymous", null);
        }

        if (string.IsNullOrEmpty(authorization) || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return Refused(
                ProblemTypes.Unauthenticated,
                "Authentication needed",
                401,
                $"Send a service-account token of audience {policy.Parameters.ValidAudience} in the Authorization header: Bearer <token>.");
        }

        string token = authorization[Scheme.Length..].Trim();
        string? subject = policy.Verified.SubjectOf(token, timeProvider.GetUtcNow());
        if (subject is null)
        {
            TokenValidationResult result = await _handler.ValidateTokenAsync(token, policy.Parameters);
            if (!result.IsValid)
            {
                return Refused(ProblemTypes.Unauthenticated, "The token is not valid", 401, Reason(result.Exception, policy.Parameters));
            }

            if (result.SecurityToken is JsonWebToken { Subject: { } verified } known)
            {
                subject = verified;
                policy.Verified.Add(token, verified, known.ValidTo);
            }
        }

        return CallerRules.IsAllowed(policy.Allowed, subject)
            ? new CallerDecision(subject, null)
            : Refused(ProblemTypes.Forbidden, "Not among the callers", 403, $"{subject} is not among the plugin's callers; add it to spec.callers of the TenantPlugin.");
    }

    // The library's own messages quote the token, so only their type is used.
    private static string Reason(Exception? exception, TokenValidationParameters parameters) => exception switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException =>
            "The token has expired or is not valid yet; get a new one.",
        SecurityTokenInvalidAudienceException => $"The token is for another audience; get one for {parameters.ValidAudience}.",
        SecurityTokenInvalidIssuerException => "The token is of another issuer than this cluster's.",
        SecurityTokenSignatureKeyNotFoundException => "The token is signed with a key that this cluster does not publish.",
        SecurityTokenMalformedException or ArgumentException => "The token is not a JSON Web Token.",
        _ => "The token's signature could not be verified.",
    };

    private static CallerDecision Refused(string type, string title, int status, string detail) =>
        new(null, new PluginProblem(type, title, status, detail));

    private bool AllowsAnonymous(CallersPolicy policy) => policy.IsOpen || (!policy.Exists && environment.AllowAnonymousCallers);
}
