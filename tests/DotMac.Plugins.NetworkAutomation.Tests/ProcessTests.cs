using System.Text;
using DotMac.Plugins.Contract.Status;
using DotMac.Plugins.NetworkAutomation.Checks;
using DotMac.Plugins.NetworkAutomation.Devices;
using DotMac.Plugins.NetworkAutomation.Processes;
using DotMac.Plugins.Sdk.Errors;

namespace DotMac.Plugins.NetworkAutomation.Tests;

public sealed class ProcessTests
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    [Fact]
    public async Task ArgumentsArriveAsTheyAreAndTheEnvironmentIsOurOwn()
    {
        Environment.SetEnvironmentVariable("NETWORK_TEST_CANARY", "canary");
        using var directory = new PrivateDirectory();

        ChildResult words = await RunAsync(directory, "printf", "%s|", "a b", "$(id)", "\"'\\", "");
        ChildResult environment = await ChildProcess.RunAsync(
            new ChildCommand("env", [], new Dictionary<string, string> { ["OURS"] = "1" }, directory.Path), CancellationToken.None);

        words.Output.Text.Should().Be("a b|$(id)|\"'\\||");
        environment.Output.Text.Split('\n').Should().Contain(["OURS=1", $"HOME={directory.Path}", $"TMPDIR={directory.Path}"]).And.NotContain(line => line.Contains("canary"));
    }

    [Fact]
    public async Task InputOutputAndExitCodeArePassedOn()
    {
        using var directory = new PrivateDirectory();

        ChildResult result = await ChildProcess.RunAsync(
            new ChildCommand("sh", ["-c", "cat; echo e >&2; exit 5"], NoEnvironment, directory.Path) { Input = "in"u8.ToArray() }, CancellationToken.None);

        (result.ExitCode, result.Output.Text, result.Error.Text).Should().Be((5, "in", "e\n"));
    }

    [Fact]
    public async Task AProgramThatIsNotInstalledIsToldSo()
    {
        using var directory = new PrivateDirectory();

        await FluentActions.Awaiting(() => RunAsync(directory, "no-such-program")).Should().ThrowAsync<VendorUnavailableException>().WithMessage("*no-such-program*");
    }

    [Theory]
    [InlineData("sleep 1000")]
    [InlineData("sleep 1000 & wait")]
    [InlineData("setsid sleep 1000 & wait")]
    [InlineData("(setsid sleep 1000 &); sleep 1000")]
    [InlineData("trap '' TERM INT HUP; while true; do sleep 1000; done")]
    public async Task WhateverAProgramStartedGoesWithIt(string script)
    {
        using var directory = new PrivateDirectory();
        using CancellationTokenSource end = new();
        Task<int> run = ChildProcess.RunAsync(
            new ChildCommand("sh", ["-c", $"echo ${ProcessSweep.Variable}; {script}"], NoEnvironment, directory.Path), new LineSink(1000, mark => Began(mark)), new BoundedText(1000), end.Token);
        string mark = await _mark.Task.WaitAsync(TimeSpan.FromSeconds(10));
        ProcessSweep.Any(mark).Should().BeTrue();

        await end.CancelAsync();

        await FluentActions.Awaiting(() => run).Should().ThrowAsync<OperationCanceledException>();
        ProcessSweep.Any(mark).Should().BeFalse();
    }

    [Fact]
    public async Task WhatAProgramLeavesBehindWhenItEndsGoesToo()
    {
        using var directory = new PrivateDirectory();

        // It holds the pipe open, too: nobody waits for that.
        ChildResult result = await RunAsync(directory, "sh", "-c", $"echo ${ProcessSweep.Variable}; setsid sleep 1000 &").WaitAsync(TimeSpan.FromSeconds(10));

        result.ExitCode.Should().Be(0);
        ProcessSweep.Any(result.Output.Text.Trim()).Should().BeFalse();
    }

    [Fact]
    public void APrivateDirectoryIsForItsOwnerAloneAndGoesAway()
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        string path;
        using (var directory = new PrivateDirectory())
        {
            path = directory.Path;
            string below = directory.Make("below");
            File.GetUnixFileMode(path).Should().Be(Owner | UnixFileMode.UserExecute);
            File.GetUnixFileMode(below).Should().Be(Owner | UnixFileMode.UserExecute);
            File.GetUnixFileMode(directory.Write("secret", "x")).Should().Be(Owner);
            File.GetUnixFileMode(directory.Write(Path.Combine("below", "secret"), "x")).Should().Be(Owner);
        }

        Directory.Exists(path).Should().BeFalse();
    }

    [Fact]
    public void TextIsCutAtTheLimitAndNotInsideACharacter()
    {
        var text = new BoundedText(4);
        text.Write("aü"u8);
        text.Truncated.Should().BeFalse();

        text.Write("üb"u8);

        text.Truncated.Should().BeTrue();
        text.Text.Should().Be("aü");
    }

    [Fact]
    public void LinesAreCutWhereverTheBytesWere()
    {
        var lines = new List<string>();
        var sink = new LineSink(5, lines.Add);
        foreach (byte one in Encoding.UTF8.GetBytes("ab\n\nüx\n123456789\nend"))
        {
            sink.Write([one]);
        }

        sink.Write("!\nmore\nlast"u8);
        sink.End();

        lines.Should().Equal("ab", "", "üx", "12345", "end!", "more", "last");
    }

    [Theory]
    [InlineData(30, null, 29, 29)]
    [InlineData(30, 5, 29, 5)]
    [InlineData(30, 300, 29, 29)]
    [InlineData(2, null, 1.8, 1.8)]
    [InlineData(-1, 5, 0, 0)]
    public void ACallEndsALittleBeforeItsCallerGivesUp(int remaining, int? timeoutSeconds, double call, double device)
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch;

        CallLimits limits = CallLimits.Of(now, now.AddSeconds(remaining), timeoutSeconds);

        (limits.Call.TotalSeconds, limits.Device.TotalSeconds).Should().Be((call, device));
    }

    [Fact]
    public void TheVerdictOnDevicesNamesThoseThatAreNotWell()
    {
        DeviceState good = new(Make.ByKey("good"), null);
        DeviceState refusing = new(Make.ByKey("refusing"), new DeviceFailure(FailureCode.Credentials, "no"));
        DeviceState silent = new(Make.ByKey("silent"), new DeviceFailure(FailureCode.Timeout, "nothing"));

        DevicesVerdict.Of([]).State.Should().Be(HealthState.Healthy);
        DevicesVerdict.Of([good]).State.Should().Be(HealthState.Healthy);
        DevicesVerdict.Of([silent, good, refusing]).Should().Be(Sdk.Health.CheckResult.Degraded("2 of 3 devices: refusing: no; silent: nothing"));
        DevicesVerdict.Of([silent, refusing]).State.Should().Be(HealthState.Degraded);
        DevicesVerdict.Of([refusing, refusing]).State.Should().Be(HealthState.Unhealthy);
        DevicesVerdict.Of([.. Enumerable.Repeat(silent, 12)]).Message.Should().EndWith("and 2 more");
    }

    [Fact]
    public void VersionsAreReadAndWhatDoesNotRunIsToldSo()
    {
        ToolVersions.NetSnmp("\nNET-SNMP version: 5.9.3\n").Should().Be("net-snmp 5.9.3");
        ToolVersions.OpenSsh("OpenSSH_9.2p1 Debian-2+deb12u10, OpenSSL 3.0.19 27 Jan 2026").Should().Be("OpenSSH 9.2p1");
        ToolVersions.Ansible("ansible-playbook [core 2.14.18]\n  config file = None").Should().Be("ansible-core 2.14.18");
        FluentActions.Invoking(() => ToolVersions.Ansible("ModuleNotFoundError: No module named 'ansible'")).Should().Throw<VendorException>().WithMessage("*ModuleNotFound*");
    }

    private readonly TaskCompletionSource<string> _mark = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Began(string mark) => _mark.TrySetResult(mark);

    private static Task<ChildResult> RunAsync(PrivateDirectory directory, string program, params string[] arguments) =>
        ChildProcess.RunAsync(new ChildCommand(program, arguments, NoEnvironment, directory.Path), CancellationToken.None);
}
