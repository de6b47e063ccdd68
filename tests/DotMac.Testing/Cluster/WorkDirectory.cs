using System.Globalization;

namespace DotMac.Testing.Cluster;

/// <summary>The files of one control plane. Those of test processes that were killed are removed by the next one.</summary>
internal sealed class WorkDirectory : IDisposable
{
    private const string Prefix = "dotmac-control-plane-";

    public WorkDirectory()
    {
        RemoveOrphans();
        // For this user only: there are private keys in it.
        Path = Directory.CreateTempSubdirectory(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-")).FullName;
        Logs = System.IO.Path.Combine(Path, "logs");
        Directory.CreateDirectory(Logs);
    }

    public string Path { get; }

    public string Logs { get; }

    /// <summary>Whether the logs stay when this object goes.</summary>
    public bool KeepLogs { get; set; } = Environment.GetEnvironmentVariable("DOTMAC_KEEP_LOGS") == "1";

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        foreach (var entry in new DirectoryInfo(Path).EnumerateFileSystemInfos().Where(e => !KeepLogs || e.Name != "logs"))
        {
            if (entry is DirectoryInfo directory)
            {
                directory.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }

        if (!KeepLogs)
        {
            Directory.Delete(Path);
        }
    }

    private static void RemoveOrphans()
    {
        foreach (var directory in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
        {
            var name = System.IO.Path.GetFileName(directory)[Prefix.Length..].Split('-')[0];
            var age = DateTime.UtcNow - Directory.GetLastWriteTimeUtc(directory);

            // Logs that were kept stay for a day.
            if (int.TryParse(name, CultureInfo.InvariantCulture, out var process)
                && !Directory.Exists($"/proc/{process}")
                && (Directory.Exists(System.IO.Path.Combine(directory, "etcd")) || age > TimeSpan.FromDays(1)))
            {
                try
                {
                    Directory.Delete(directory, recursive: true);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // Somebody else's, or another test process removes it at the same moment.
                }
            }
        }
    }
}
