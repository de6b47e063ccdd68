namespace DotMac.Plugins.Resources.Tests.Support;

/// <summary>Tests that measure the process and so must not share it with others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
