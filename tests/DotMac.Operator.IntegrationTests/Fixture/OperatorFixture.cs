namespace DotMac.Operator.IntegrationTests.Fixture;

/// <summary>What the operator needs, and the operator.</summary>
public sealed class OperatorFixture : InstalledFixture
{
    public OperatorInstance Operator { get; private set; } = null!;

    protected override Task StartAsync()
    {
        Operator = NewOperator();
        return Operator.StartAsync();
    }

    protected override Task StopAsync() => Operator.KillAsync();
}
