namespace DotMac.Kubernetes.Entities;

/// <summary>
/// The API server keeps members that the schema does not name. Needed on a <see cref="System.Text.Json.JsonElement"/>, which is an object
/// of
/// any shape.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SchemaPreserveUnknownFieldsAttribute : Attribute;
