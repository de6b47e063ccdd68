namespace DotMac.Plugins.Sdk.Tests.Samples;

public sealed record JsonElementBox(string? Id);
