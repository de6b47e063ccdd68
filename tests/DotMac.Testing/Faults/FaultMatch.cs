namespace DotMac.Testing.Faults;

/// <summary>Which requests a rule is for.</summary>
/// <param name="Verb">Only these; null for all.</param>
/// <param name="Resource">Only of this resource, <c>configmaps</c>; null for all.</param>
public sealed record FaultMatch(RequestVerb? Verb = null, string? Resource = null)
{
    public static FaultMatch Anything { get; } = new();

    public static FaultMatch Lists { get; } = new(RequestVerb.List);

    public static FaultMatch Watches { get; } = new(RequestVerb.Watch);

    internal bool Holds(RequestFacts facts) =>
        (Verb is null || Verb == facts.Verb) && (Resource is null || Resource == facts.Resource);
}
