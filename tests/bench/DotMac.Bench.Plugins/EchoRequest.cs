using System.ComponentModel.DataAnnotations;

namespace DotMac.Bench.Plugins;

/// <summary>What both hosts take.</summary>
public sealed record EchoRequest([Required, StringLength(100)] string Text, int Count);
