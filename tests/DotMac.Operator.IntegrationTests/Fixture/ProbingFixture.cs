using DotMac.Testing;

namespace DotMac.Operator.IntegrationTests.Fixture;

/// <summary>
/// An operator that asks pods at their addresses, often. Pods are made by the controller-manager; the tests play the kubelet and say that they
/// run, at an address of this machine where the test answers.
/// </summary>
public sealed class ProbingFixture : InstalledFixture
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public static byte[] AuditKey { get; } = "a key for the tests' trail"u8.ToArray();

    public string AuditFile { get; private set; } = string.Empty;

    public OperatorInstance Operator { get; private set; } = null!;

    protected override async Task StartAsync()
    {
        // What a metrics server would serve: the same paths, kept by the API server itself.
        await ControlPlane.ApplyCrdAsync(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "tests", "DotMac.Operator.IntegrationTests", "Fixture", "podmetrics.yaml")));
        AuditFile = Path.Combine(Directory.CreateTempSubdirectory("dotmac-audit-").FullName, "audit.jsonl");
        var key = AuditFile + ".key";
        await File.WriteAllBytesAsync(key, AuditKey);
        Operator = NewOperator(
            "--probe-route", "PodAddress", "--probe-interval", "2s", "--status-metrics-interval", "2s",
            "--audit-file", AuditFile, "--audit-key-file", key, "--audit-file-max-size", "2Ki", "--audit-file-keep", "1000");
        await Operator.StartAsync();
    }

    protected override async Task StopAsync()
    {
        await Operator.KillAsync();
        Directory.Delete(Path.GetDirectoryName(AuditFile)!, recursive: true);
    }
}
