namespace DotMac.Admin.Hosting;

/// <summary>On an endpoint: who asks must have a token that is somebody's, and the handler asks Kubernetes what they may.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CheckedAttribute : Attribute;
