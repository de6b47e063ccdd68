namespace DotMac.Kubernetes.Entities;

/// <summary>
/// The property must be present in the manifest. Not C#'s <c>required</c>: that would make the deserializer refuse stored objects that lack
/// it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SchemaRequiredAttribute : Attribute;
