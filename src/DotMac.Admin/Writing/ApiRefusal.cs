using DotMac.Admin.Problems;
using DotMac.Admin.Requests;
using DotMac.Kubernetes.Client;
using DotMac.Plugins.Resources.Validation;

namespace DotMac.Admin.Writing;

/// <summary>What the API server refuses, in the words of this API. Pure.</summary>
internal static class ApiRefusal
{
    /// <summary>The answer.</summary>
    /// <param name="refusal">What the API server said.</param>
    /// <param name="isConditional">Whether the request named the state that it speaks of.</param>
    /// <param name="schema">The config's schema, for the names of its fields; null when not known.</param>
    public static ProblemException Of(ApiException refusal, bool isConditional, System.Text.Json.JsonElement? schema)
    {
        var said = refusal.Status.Message ?? refusal.Message;
        return refusal switch
        {
            { IsUnauthorized: true } => Refuse.Unauthenticated("the API server does not accept the token any more; sign in anew"),
            { IsNamespaceTerminating: true } => Refuse.Conflict("the tenant's namespace is being deleted"),
            { IsForbidden: true } => Refuse.Forbidden($"Kubernetes does not allow it: {said}"),
            { IsNotFound: true } => Refuse.NotFound("it is not there any more"),
            { IsAlreadyExists: true } => Refuse.Conflict("a plugin of that id is installed already; configure or remove it, or name another instance_id"),
            { IsConflict: true } when isConditional => Refuse.Changed("it was changed since the state that If-Match names; read it again and decide anew"),
            { IsConflict: true } => Refuse.Conflict("it is being changed by somebody else at the same time; try again"),
            { IsInvalid: true } => Refuse.Invalid([.. Errors(refusal, schema, said)]),
            { Code: System.Net.HttpStatusCode.TooManyRequests or System.Net.HttpStatusCode.ServiceUnavailable } =>
                Refuse.Unavailable("the API server asks to come back later", refusal.RetryAfter),
            _ => Refuse.Upstream($"the API server answered {(int)refusal.Code}: {said}"),
        };
    }

    private static IEnumerable<FieldError> Errors(ApiException refusal, System.Text.Json.JsonElement? schema, string said)
    {
        var causes = (refusal.Status.Details?.Causes ?? []).Where(static cause => !string.IsNullOrEmpty(cause.Message)).ToList();
        return causes.Count == 0
            ? [new FieldError(string.Empty, said)]
            : causes.Select(cause => RequestPointers.Of(new ValidationError(RequestPointers.PointerOf(cause.Field), cause.Message!), schema));
    }
}
