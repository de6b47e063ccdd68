using System.Text;

namespace DotMac.StandIns.VaultAgent.Files;

/// <summary>Writes files so that whoever reads them finds the old or the new content, and nobody the content with a wider mode.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file unless it is so already.</summary>
    /// <returns>Whether something was written.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static bool Write(string path, string content, UnixFileMode mode, bool createDirectories)
    {
        if (File.Exists(path) && File.GetUnixFileMode(path) == mode && File.ReadAllText(path) == content)
        {
            return false;
        }

        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (createDirectories)
        {
            Directory.CreateDirectory(directory);
        }

        var temporary = Path.Combine(directory, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(Encoding.UTF8.GetBytes(content));
                stream.Flush(flushToDisk: true);
            }

            File.SetUnixFileMode(temporary, mode);
            File.Move(temporary, path, overwrite: true);
            return true;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
