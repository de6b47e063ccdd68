using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Sdk.Tests.Samples;

public sealed record SampleConfig
{
    [MinLength(3)]
    public required string Token { get; init; }

    public string Greeting { get; init; } = "hello";

    [Range(1, 10)]
    public int Level { get; init; } = 1;

    public SampleNested? Nested { get; init; }
}
