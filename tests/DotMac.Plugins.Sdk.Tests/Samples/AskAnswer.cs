namespace DotMac.Plugins.Sdk.Tests.Samples;

public sealed record AskAnswer(string Id, string? User, string? Key);
