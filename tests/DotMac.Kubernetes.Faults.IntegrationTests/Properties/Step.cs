using DotMac.Kubernetes.Faults.IntegrationTests.Fixture;

namespace DotMac.Kubernetes.Faults.IntegrationTests.Properties;

/// <summary>One step of a random story.</summary>
internal abstract record Step
{
    private Step()
    {
    }

    /// <summary>An object is made or changed.</summary>
    public sealed record Put(string Name) : Step
    {
        public override string ToString() => $"put {Name}";
    }

    /// <summary>An object is deleted.</summary>
    public sealed record Delete(string Name) : Step
    {
        public override string ToString() => $"delete {Name}";
    }

    /// <summary>Something bad happens.</summary>
    public sealed record Worse(Trouble Trouble) : Step
    {
        public override string ToString() => $"[{Trouble}]";
    }

    /// <summary>What was bad and lasted is over.</summary>
    public sealed record Better : Step
    {
        public override string ToString() => "[calm]";
    }

    /// <summary>A while without anything.</summary>
    public sealed record Pause(int Milliseconds) : Step
    {
        public override string ToString() => $"[{Milliseconds} ms]";
    }
}
