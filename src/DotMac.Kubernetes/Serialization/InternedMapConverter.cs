namespace DotMac.Kubernetes.Serialization;

/// <summary>For labels, whose keys and values both repeat.</summary>
public sealed class InternedMapConverter() : StringMapConverter(internValues: true);
