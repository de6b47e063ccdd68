using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Sdk.Tests.Samples;

public sealed record SampleItem([Range(0, 5)] int Count);
