using System.Text;
using DotMac.Audit.Chain;
using DotMac.Audit.Entries;
using DotMac.Audit.Files;
using DotMac.Audit.Verification;

namespace DotMac.Audit.Tests;

/// <summary>A trail in a directory of its own, which goes with it.</summary>
internal sealed class TrailDirectory : IDisposable
{
    private readonly ChainHash _hash;
    private readonly byte[]? _key;

    public TrailDirectory(string? key = null)
    {
        _key = key is null ? null : Encoding.UTF8.GetBytes(key);
        _hash = new ChainHash(_key);

        // Every line is flushed to the disk, twice with its head: in memory that takes no time.
        Path = System.IO.Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath(), $"dotmac-audit-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public AuditFileSet Files => new(System.IO.Path.Combine(Path, "audit.jsonl"));

    public AuditFileOptions Options { get; init; } = null!;

    public byte[]? Key => _key;

    public static AuditEntry Entry(string operation = "install", string name = "twilio") => new()
    {
        Operation = operation,
        Result = AuditResult.Accepted,
        Actor = AuditActor.Unknown,
        Source = "watch",
        Subject = new AuditSubject("TenantPlugin", "tenant-acme", name, "uid-1", 1),
        Tenant = "acme",
        Plugin = "twilio",
    };

    public AuditFileOptions FileOptions(long maxBytes = 1024 * 1024, int keep = 10) => new() { Path = Files.Live, MaxBytes = maxBytes, Keep = keep };

    /// <summary>Appends entries one by one, as so many batches.</summary>
    public ChainLink Append(int count, long maxBytes = 1024 * 1024, int keep = 10)
    {
        using var file = AuditFile.Open(FileOptions(maxBytes, keep), _hash);
        for (var i = 0; i < count; i++)
        {
            file.Append([ChainLine.Write(Entry(name: $"plugin-{i}"), file.Last, DateTimeOffset.UnixEpoch.AddSeconds(i), _hash)]);
        }

        return file.Last;
    }

    public AuditVerification Verify(string? expected = null, string? key = null) =>
        AuditTrail.Verify(Files, key is null ? _hash : new ChainHash(Encoding.UTF8.GetBytes(key)), expected);

    public IReadOnlyList<string> AllFiles() => [.. Files.Rotated().Select(static f => f.File), .. File.Exists(Files.Live) ? [Files.Live] : (string[])[]];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
