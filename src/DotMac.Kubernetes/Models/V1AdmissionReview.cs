namespace DotMac.Kubernetes.Models;

/// <summary>A question of the API server to a webhook, or its answer.</summary>
public sealed class V1AdmissionReview
{
    /// <summary><c>admission.k8s.io/v1</c>.</summary>
    public string? ApiVersion { get; set; } = "admission.k8s.io/v1";

    /// <summary><c>AdmissionReview</c>.</summary>
    public string? Kind { get; set; } = "AdmissionReview";

    /// <summary>The question.</summary>
    public V1AdmissionRequest? Request { get; set; }

    /// <summary>The answer.</summary>
    public V1AdmissionResponse? Response { get; set; }
}
