using DotMac.Operator.Configuration;
using DotMac.Operator.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace DotMac.Operator.Tests.Configuration;

/// <summary>An operator that cannot keep the record that it was told to keep does not start, and says what to do.</summary>
public sealed class AuditSetupTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("dotmac-audit-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_file_and_a_key_that_can_be_used_are()
    {
        var key = Path.Combine(_directory, "key");
        await File.WriteAllBytesAsync(key, new byte[32]);
        await using var log = AuditSetup.Open(new AuditOptions { Stdout = false, File = Path.Combine(_directory, "deep", "audit.jsonl"), KeyFile = key }, NullLoggerFactory.Instance);
        Directory.Exists(Path.Combine(_directory, "deep")).Should().BeTrue();
    }

    [Fact]
    public async Task A_file_that_another_process_writes_is_refused()
    {
        var options = new AuditOptions { Stdout = false, File = Path.Combine(_directory, "audit.jsonl") };
        await using var first = AuditSetup.Open(options, NullLoggerFactory.Instance);
        FluentActions.Invoking(() => AuditSetup.Open(options, NullLoggerFactory.Instance)).Should().Throw<IOException>().WithMessage("*audit.jsonl*of its own*");
    }

    [Fact]
    public void A_key_that_is_missing_or_too_short_is_refused()
    {
        var key = Path.Combine(_directory, "key");
        FluentActions.Invoking(() => AuditSetup.Open(new AuditOptions { KeyFile = key }, NullLoggerFactory.Instance)).Should().Throw<IOException>().WithMessage("*key*");
        File.WriteAllBytes(key, [1, 2, 3]);
        FluentActions.Invoking(() => AuditSetup.Open(new AuditOptions { KeyFile = key }, NullLoggerFactory.Instance)).Should().Throw<IOException>().WithMessage("--audit-key-file*16*");
    }
}
