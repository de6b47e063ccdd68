namespace DotMac.Bench.Plugins;

/// <summary>What both hosts answer.</summary>
public sealed record EchoAnswer(string Text, int Count);
