using System.Text.Json.Nodes;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Crds;

/// <summary>What Kubernetes itself prescribes for types of its own that custom resources contain.</summary>
internal static class StandardSchemas
{
    /// <summary>Adds the prescribed constraints, when there are any for the type.</summary>
    public static void Refine(JsonObject schema, Type type)
    {
        if (type == typeof(V1Condition))
        {
            Condition(schema);
        }
    }

    // The markers on metav1.Condition, https://pkg.go.dev/k8s.io/apimachinery/pkg/apis/meta/v1#Condition
    private static void Condition(JsonObject schema)
    {
        schema.Insert(1, "required", new JsonArray("lastTransitionTime", "message", "reason", "status", "type"));
        var properties = schema["properties"]!;
        properties["type"]!["maxLength"] = 316;
        properties["type"]!["pattern"] =
            @"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$";
        properties["status"]!["enum"] = new JsonArray("True", "False", "Unknown");
        properties["observedGeneration"]!["minimum"] = 0;
        properties["reason"]!["minLength"] = 1;
        properties["reason"]!["maxLength"] = 1024;
        properties["reason"]!["pattern"] = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$";
        properties["message"]!["maxLength"] = 32768;
    }
}
