namespace DotMac.Admin.Hosting;

/// <summary>On an endpoint: it tells nothing of anybody's, and anybody may ask. An endpoint that is neither this nor checked is not served.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class OpenToAllAttribute : Attribute;
