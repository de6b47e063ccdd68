namespace DotMac.Plugins.Sdk.Tests.Samples;

public sealed record EchoResponse(string Text, string Caller, string Tenant, string Greeting);
