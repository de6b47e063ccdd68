namespace DotMac.Plugins.Sdk.Tests.Samples;

public sealed record AskRequest(string Method = "GET");
