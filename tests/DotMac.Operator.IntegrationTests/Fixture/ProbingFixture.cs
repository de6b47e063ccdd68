using DotMac.Testing;

namespace DotMac.Operator.IntegrationTests.Fixture;

/// <summary>
/// An operator that asks pods at their addresses, often. Pods are made by the controller-manager; the tests play the kubelet and say that they
/// run, at an address of this machine where the test answers.
/// </summary>
public sealed class ProbingFixture : InstalledFixture
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public OperatorInstance Operator { get; private set; } = null!;

    protected override async Task StartAsync()
    {
        // What a metrics server would serve: the same paths, kept by the API server itself.
        await ControlPlane.ApplyCrdAsync(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "tests", "DotMac.Operator.IntegrationTests", "Fixture", "podmetrics.yaml")));
        Operator = NewOperator("--probe-route", "PodAddress", "--probe-interval", "2s", "--status-metrics-interval", "2s");
        await Operator.StartAsync();
    }

    protected override Task StopAsync() => Operator.KillAsync();
}
