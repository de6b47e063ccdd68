namespace DotMac.Kubernetes.Serialization;

/// <summary>For annotations, whose keys repeat and whose values mostly do not.</summary>
public sealed class AnnotationMapConverter() : StringMapConverter(internValues: false);
