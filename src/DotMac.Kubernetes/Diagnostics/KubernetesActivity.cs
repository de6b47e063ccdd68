using System.Diagnostics;

namespace DotMac.Kubernetes.Diagnostics;

/// <summary>Spans of reconciles and API calls. Free while nobody listens.</summary>
public static class KubernetesActivity
{
    /// <summary>The name to subscribe to.</summary>
    public const string SourceName = "DotMac.Kubernetes";

    private static readonly ActivitySource Source = new(SourceName);

    internal static Activity? StartRequest(string method, Uri uri)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var activity = Source.StartActivity($"{method} {uri.AbsolutePath}", ActivityKind.Client);
        activity?.SetTag("http.request.method", method);
        activity?.SetTag("server.address", uri.Host);
        return activity;
    }

    internal static Activity? StartReconcile(string controller, Entities.ObjectKey key)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var activity = Source.StartActivity($"reconcile {controller}");
        activity?.SetTag("k8s.namespace.name", key.Namespace);
        activity?.SetTag("k8s.object.name", key.Name);
        return activity;
    }
}
