namespace DotMac.Admin.Hosting;

/// <summary>On an endpoint: it is a page, or what a page needs. Who asks is signed in by a cookie or by a proxy, and is shown the way to sign in otherwise.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class ForBrowsersAttribute : Attribute;
