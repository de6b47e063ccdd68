using DotMac.Audit;
using DotMac.Audit.Files;
using DotMac.Operator.Configuration;

namespace DotMac.Operator.Hosting;

/// <summary>Opens the audit trail.</summary>
internal static class AuditSetup
{
    /// <summary>Opens it; an operator that cannot keep the record that it was told to keep does not start.</summary>
    /// <exception cref="IOException">The file or the key cannot be opened; the message says what to do.</exception>
    public static AuditLog Open(AuditOptions options, ILoggerFactory logs)
    {
        try
        {
            return new AuditLog(
                new AuditLogOptions
                {
                    Stream = options.Stdout ? Console.OpenStandardOutput() : null,
                    File = options.File is { } file ? new AuditFileOptions { Path = file, MaxBytes = options.MaxBytes, Keep = options.Keep } : null,
                    Key = options.KeyFile is { } key ? File.ReadAllBytes(key) : null,
                },
                logs.CreateLogger<AuditLog>());
        }
        catch (ArgumentException e)
        {
            throw new IOException($"--audit-key-file: {e.Message}", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"--audit-file: {e.Message} Mount a volume there that the operator's user may write, or leave the file out", e);
        }
    }
}
