using System.Text.Json;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;
using DotMac.Operator.Auditing;
using DotMac.Operator.Reconciliation;
using DotMac.Plugins.Resources;
using DotMac.Plugins.Resources.Admission;
using DotMac.Plugins.Resources.Serialization;
using DotMac.Plugins.Resources.Tenants;
using DotMac.Plugins.Resources.Validation;
using DotMac.Plugins.Resources.Versions;

namespace DotMac.Operator.Admission;

/// <summary>Answers the API server's questions, from caches.</summary>
/// <param name="caches">What there is.</param>
/// <param name="audit">Told who asked for what; null where nobody wants to know.</param>
internal sealed class AdmissionReviewer(PluginCaches caches, AdmissionAudit? audit = null)
{
    // A client is shown so much of a warning for sure.
    private const int LongestWarning = 256;
    private const int MostErrors = 20;

    /// <summary>Answers.</summary>
    public V1AdmissionReview Review(V1AdmissionReview review)
    {
        var request = review.Request ?? new V1AdmissionRequest();
        var verdict = Judge(request);
        Record(request, verdict);
        return new V1AdmissionReview
        {
            Response = new V1AdmissionResponse
            {
                Uid = request.Uid,
                Allowed = verdict.Errors.Count == 0,
                Status = verdict.Errors.Count == 0 ? null : Refusal(request, verdict.Errors),
                Warnings = verdict.Warnings.Count == 0 ? null : [.. verdict.Warnings.Select(static w => w.Length <= LongestWarning ? w : w[..(LongestWarning - 1)] + "…")],
            },
        };
    }

    private AdmissionVerdict Judge(V1AdmissionRequest request)
    {
        // A part of an object, its status, is the business of whoever RBAC lets write it.
        if (!string.IsNullOrEmpty(request.SubResource))
        {
            return AdmissionVerdict.Allowed;
        }

        try
        {
            var verdict = (request.Kind?.Kind, request.Operation) switch
            {
                ("TenantPlugin", "CREATE" or "UPDATE") => JudgePlugin(Read<TenantPlugin>(request.OldObject), Read<TenantPlugin>(request.Object)!),
                ("TenantPlugin", "DELETE") => Read<TenantPlugin>(request.OldObject) is { } going && !IsLeaving(going.Metadata.Namespace)
                    ? TenantPluginAdmission.OfDelete(going, caches.PluginsOf(going.Metadata.Namespace ?? string.Empty), caches.Definition)
                    : AdmissionVerdict.Allowed,
                ("PluginDefinition", "CREATE" or "UPDATE") => PluginDefinitionAdmission.OfWrite(
                    Read<PluginDefinition>(request.OldObject), Read<PluginDefinition>(request.Object)!, caches.InstallationsOf(request.Name ?? string.Empty), caches.Definition),
                ("PluginDefinition", "DELETE") => PluginDefinitionAdmission.OfDelete(request.Name ?? string.Empty, caches.InstallationsOf(request.Name ?? string.Empty)),
                _ => AdmissionVerdict.Allowed,
            };
            return verdict with { Errors = OffendingValue.Show(verdict.Errors, request.Object, verdict.Errors.Count == 0 ? null : SchemaOf(request)) };
        }
        catch (JsonException e)
        {
            // The path, and never the value: it may be a secret in the wrong place.
            return new AdmissionVerdict([new ValidationError(PointerOf(e.Path), "has a value of another type than it must have; see kubectl explain for the field")], []);
        }
    }

    private AdmissionVerdict JudgePlugin(TenantPlugin? before, TenantPlugin after) =>
        TenantPluginAdmission.OfWrite(
            before,
            after,
            caches.Definition(after.Spec.Plugin),
            new TenantView(caches.PluginsOf(after.Metadata.Namespace ?? string.Empty), TenantLimits.Of(caches.Namespace(after.Metadata.Namespace)), caches.UseOf));

    private JsonElement? SchemaOf(V1AdmissionRequest request) =>
        request.Kind?.Kind == "TenantPlugin" && Read<TenantPlugin>(request.Object) is { Spec: { } spec } && caches.Definition(spec.Plugin) is { } definition
            ? VersionResolver.Resolve(spec.Version, definition).Version?.ConfigSchema
            : null;

    // What is only tried is no operation.
    private void Record(V1AdmissionRequest request, AdmissionVerdict verdict)
    {
        if (audit is null || request.DryRun == true || request.Kind?.Kind != "TenantPlugin" || !string.IsNullOrEmpty(request.SubResource))
        {
            return;
        }

        if (verdict.Errors.Count > 0)
        {
            audit.Refused(request, verdict.Errors);
        }
        else if (request.Operation == "DELETE")
        {
            audit.Allowed(request, null);
        }
        else if (request.Operation is "CREATE" or "UPDATE"
            && Read<TenantPlugin>(request.Object) is { } after
            && !(Read<TenantPlugin>(request.OldObject) is { } before && TenantPluginAdmission.SameSpec(before, after)))
        {
            audit.Allowed(request, after.Spec);
        }
    }

    // Where all go, those who need each other go too, in whatever order.
    private bool IsLeaving(string? ns) => caches.Namespace(ns)?.Metadata.DeletionTimestamp is not null;

    private static T? Read<T>(JsonElement? json)
        where T : class => json is { ValueKind: JsonValueKind.Object } present ? present.Deserialize(ResourceJson.Options.TypeInfo<T>()) : null;

    private static string PointerOf(string? path) => string.IsNullOrEmpty(path) ? string.Empty : path.TrimStart('$').Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", string.Empty, StringComparison.Ordinal);

    private static V1Status Refusal(V1AdmissionRequest request, IReadOnlyList<ValidationError> errors) => new()
    {
        Code = 422,
        Reason = "Invalid",
        Message = $"{request.Kind?.Kind} {request.Name} is invalid: {errors.Summary(MostErrors)}",
        Details = new V1StatusDetails
        {
            Name = request.Name,
            Group = request.Kind?.Group,
            Kind = request.Kind?.Kind,
            Causes = [.. errors.Take(MostErrors).Select(static e => new V1StatusCause { Reason = "FieldValueInvalid", Field = e.Pointer, Message = e.Message })],
        },
    };
}
