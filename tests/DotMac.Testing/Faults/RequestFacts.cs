using Microsoft.AspNetCore.Http;

namespace DotMac.Testing.Faults;

/// <summary>What a rule may ask of a request.</summary>
/// <param name="Verb">What it wants.</param>
/// <param name="Resource">Of which resource, <c>configmaps</c>; empty for paths that name none.</param>
/// <param name="Path">The path.</param>
/// <param name="Scope">What a list and the watch that goes on from it have in common: path, selectors, and the form of the answer.</param>
/// <param name="ResourceVersion">The version that it starts from; null when it does not say.</param>
public sealed record RequestFacts(RequestVerb Verb, string Resource, string Path, string Scope, string? ResourceVersion)
{
    internal static RequestFacts Of(HttpRequest request)
    {
        // /api/v1/… and /apis/<group>/<version>/…, then either namespaces/<ns>/<resource>[/<name>] or <resource>[/<name>].
        var path = request.Path.Value ?? "/";
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var rest = parts switch
        {
            ["api", _, .. var core] => core,
            ["apis", _, _, .. var grouped] => grouped,
            _ => [],
        };
        if (rest is ["namespaces", _, _, ..])
        {
            rest = rest[2..];
        }

        var named = rest.Length > 1;
        var verb = request.Method switch
        {
            _ when rest.Length == 0 => RequestVerb.Other,
            "GET" when request.Query["watch"] is ["1" or "true"] => RequestVerb.Watch,
            "GET" => named ? RequestVerb.Get : RequestVerb.List,
            "POST" => RequestVerb.Create,
            "PUT" => RequestVerb.Update,
            "PATCH" => RequestVerb.Patch,
            "DELETE" => RequestVerb.Delete,
            _ => RequestVerb.Other,
        };
        var form = request.Headers.Accept.ToString().Contains("PartialObjectMetadata", StringComparison.Ordinal) ? "metadata" : "whole";
        var scope = $"{path}?{request.Query["labelSelector"]}&{request.Query["fieldSelector"]}#{form}";
        return new RequestFacts(verb, rest.FirstOrDefault() ?? string.Empty, path, scope, request.Query["resourceVersion"].FirstOrDefault());
    }
}
