namespace DotMac.EndToEndTests.Fixture;

/// <summary>One demo serves all tests, each in a tenant of its own.</summary>
[CollectionDefinition(Name)]
public sealed class DemoCollection : ICollectionFixture<DemoFixture>
{
    public const string Name = "demo";
}
