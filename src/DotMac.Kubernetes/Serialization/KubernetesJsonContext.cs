using System.Text.Json;
using System.Text.Json.Serialization;
using DotMac.Kubernetes.Models;

namespace DotMac.Kubernetes.Serialization;

/// <summary>Generated (de)serializers of the kinds in this library.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Corev1Event))]
[JsonSerializable(typeof(EventsV1Event))]
[JsonSerializable(typeof(PodMetrics))]
[JsonSerializable(typeof(Unstructured))]
[JsonSerializable(typeof(V1AdmissionReview))]
[JsonSerializable(typeof(V1ConfigMap))]
[JsonSerializable(typeof(V1ControllerRevision))]
[JsonSerializable(typeof(V1Deployment))]
[JsonSerializable(typeof(V1DeploymentStatus))]
[JsonSerializable(typeof(V1HorizontalPodAutoscaler))]
[JsonSerializable(typeof(V1Ingress))]
[JsonSerializable(typeof(V1Lease))]
[JsonSerializable(typeof(V1Namespace))]
[JsonSerializable(typeof(V1NetworkPolicy))]
[JsonSerializable(typeof(V1PartialObjectMetadata))]
[JsonSerializable(typeof(V1Pod))]
[JsonSerializable(typeof(V1PodDisruptionBudget))]
[JsonSerializable(typeof(V1beta1PodDisruptionBudget))]
[JsonSerializable(typeof(V1Secret))]
[JsonSerializable(typeof(V1Service))]
[JsonSerializable(typeof(V1ServiceAccount))]
[JsonSerializable(typeof(V1Status))]
[JsonSerializable(typeof(V1SubjectAccessReview))]
[JsonSerializable(typeof(V1TokenReview))]
[JsonSerializable(typeof(V1APIResourceList))]
[JsonSerializable(typeof(V1APIGroupList))]
[JsonSerializable(typeof(VersionInfo))]
[JsonSerializable(typeof(V1ObjectMeta))]
[JsonSerializable(typeof(V1Condition))]
[JsonSerializable(typeof(JsonElement))]
public sealed partial class KubernetesJsonContext : JsonSerializerContext;
