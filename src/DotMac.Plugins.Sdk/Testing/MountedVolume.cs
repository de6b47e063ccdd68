namespace DotMac.Plugins.Sdk.Testing;

/// <summary>
/// A directory that changes as the kubelet changes a mounted ConfigMap or Secret: the files live in a directory of their own, <c>..data</c> is a
/// symlink to it, every file a symlink through <c>..data</c>, and a change swaps <c>..data</c> in one rename
/// (k8s.io/kubernetes/pkg/volume/util/atomic_writer.go).
/// </summary>
public sealed class MountedVolume
{
    private const string DataLink = "..data";
    private readonly string _directory;
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private int _generation;
    private string? _data;

    /// <summary>Makes the directory, empty.</summary>
    /// <param name="directory">Its path.</param>
    public MountedVolume(string directory)
    {
        _directory = directory;
        Directory.CreateDirectory(directory);
    }

    /// <summary>Writes or replaces one file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Its content, written as UTF-8.</param>
    public void Write(string name, string content)
    {
        _files[name] = content;
        Swap();
    }

    /// <summary>Takes one file away.</summary>
    /// <param name="name">Its name.</param>
    public void Remove(string name)
    {
        _files.Remove(name);
        File.Delete(Path.Combine(_directory, name));
        Swap();
    }

    private void Swap()
    {
        string data = Path.Combine(_directory, $"..{++_generation:D6}");
        Directory.CreateDirectory(data);
        foreach ((string name, string content) in _files)
        {
            File.WriteAllText(Path.Combine(data, name), content);
        }

        string link = Path.Combine(_directory, DataLink);
        string temporary = link + "_tmp";
        File.CreateSymbolicLink(temporary, Path.GetFileName(data));
        AtomicRename.Over(temporary, link);
        foreach (string name in _files.Keys.Where(name => !File.Exists(Path.Combine(_directory, name))))
        {
            File.CreateSymbolicLink(Path.Combine(_directory, name), Path.Combine(DataLink, name));
        }

        if (_data is not null)
        {
            Directory.Delete(_data, recursive: true);
        }

        _data = data;
    }
}
