using DotMac.Kubernetes.Entities;
using DotMac.Operator.Health;

namespace DotMac.Operator.Tests.Support;

/// <summary>What every plugin said last, as the test says.</summary>
internal sealed class FakeHealthStore : IHealthStore
{
    public HealthSnapshot? Last { get; set; }

    public HealthSnapshot? Get(ObjectKey plugin) => Last;
}
