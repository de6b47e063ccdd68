using System.Text;

namespace DotMac.Plugins.NetworkAutomation.Processes;

/// <summary>A directory that only this user can look into, below TMPDIR: in a pod, memory. It goes away with everything in it.</summary>
internal sealed class PrivateDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes one. Its mode is 0700 (mkdtemp).</summary>
    public PrivateDirectory() => Path = Directory.CreateTempSubdirectory("dotmac-network-").FullName;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Writes a file, mode 0600.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Writes a file, mode 0600.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, ReadOnlySpan<byte> content)
    {
        string path = System.IO.Path.Combine(Path, name);
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        });
        file.Write(content);
        return path;
    }

    /// <summary>Makes a directory in it, mode 0700.</summary>
    /// <returns>Its path.</returns>
    public string Make(string name) =>
        Directory.CreateDirectory(System.IO.Path.Combine(Path, name), OwnerOnly | UnixFileMode.UserExecute).FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Every writer is dead by now; one that was killed in the middle of a file may still be on its way out.
        for (int attempt = 0; attempt < 5; attempt++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(20);
            }
        }
    }
}
