using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Properties;

/// <summary>Changes and faults, in a random order.</summary>
public sealed class Story
{
    internal static readonly ImmutableArray<string> Names = ["a", "b", "c", "d", "e", "f"];

    private Story(ImmutableArray<Step> steps) => Steps = steps;

    internal ImmutableArray<Step> Steps { get; }

    /// <summary>For FsCheck. Not shrunk: what fails by chance of timing would be tried in vain for minutes.</summary>
    public static Arbitrary<Story> Arbitrary()
    {
        var name = Gen.Elements(Names.AsEnumerable());
        var step = Gen.Frequency(
            (10, name.Select(static n => (Step)new Step.Put(n))),
            (6, name.Select(static n => (Step)new Step.Delete(n))),
            (4, Gen.Elements(Fixture.Trouble.All.AsEnumerable()).Select(static t => (Step)new Step.Worse(t))),
            (2, Gen.Constant((Step)new Step.Better())),
            (3, Gen.Choose(10, 400).Select(static ms => (Step)new Step.Pause(ms))));
        return Gen.Choose(50, 120).SelectMany(count => step.ListOf(count)).Select(static steps => new Story([.. steps])).ToArbitrary();
    }

    public override string ToString() => string.Join(", ", Steps);
}
