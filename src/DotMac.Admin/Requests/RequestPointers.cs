using System.Text.Json;
using DotMac.Admin.Config;
using DotMac.Admin.Problems;
using DotMac.Plugins.Resources.Validation;

namespace DotMac.Admin.Requests;

/// <summary>Says in the words of a request what is wrong with the resource that would come of it. Pure.</summary>
internal static class RequestPointers
{
    private const string Config = "/spec/config";

    private static readonly (string Field, string Pointer)[] Fields =
    [
        ("/spec/resources/limits/memory", "/security/resource_limits/memory_mb"),
        ("/spec/resources/limits/cpu", "/security/resource_limits/cpu_percent"),
        ("/spec/resources", "/security/resource_limits"),
        ("/spec/sandbox/enabled", "/security/sandbox_enabled"),
        ("/spec/sandbox", "/security"),
        ("/spec/plugin", "/plugin_id"),
        ("/spec/version", "/version"),
        ("/spec/enabled", "/enabled"),
        ("/metadata/name", "/instance_id"),
        ("/metadata/namespace", "/tenant_id"),
    ];

    /// <summary>An error of the resource as one of the request.</summary>
    /// <param name="error">The error.</param>
    /// <param name="schema">The config's schema.</param>
    public static FieldError Of(ValidationError error, JsonElement? schema)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (error.Pointer == Config || error.Pointer.StartsWith(Config + "/", StringComparison.Ordinal))
        {
            return new FieldError(ConfigPlan.Place + ConfigNames.PointerToGuide(error.Pointer[Config.Length..], schema), error.Message);
        }

        foreach (var (field, pointer) in Fields)
        {
            if (error.Pointer == field || error.Pointer.StartsWith(field + "/", StringComparison.Ordinal))
            {
                return new FieldError(pointer, error.Message);
            }
        }

        return new FieldError(error.Pointer, error.Message);
    }

    /// <summary>A field as the API server names it, <c>spec.config.accountSid</c> or <c>/spec/config/accountSid</c>, as a pointer.</summary>
    public static string PointerOf(string? field) =>
        string.IsNullOrEmpty(field) ? string.Empty : field.StartsWith('/') ? field : "/" + field.Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", string.Empty, StringComparison.Ordinal);
}
