using System.ComponentModel.DataAnnotations;

namespace DotMac.Plugins.Sdk.Tests.Samples;

public sealed record SampleNested([RegularExpression("[a-z]+")] string Name, IReadOnlyList<SampleItem>? Items = null);
