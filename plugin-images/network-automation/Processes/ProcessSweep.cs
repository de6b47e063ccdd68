using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace DotMac.Plugins.NetworkAutomation.Processes;

/// <summary>
/// Ends a program and everything that it started. A process's children are not enough: Ansible's workers start sessions of their own, and
/// who has lost its parent is no longer anybody's child. So every program gets a mark in its environment, which its children inherit.
/// </summary>
internal static class ProcessSweep
{
    /// <summary>The variable that holds the mark.</summary>
    public const string Variable = "DOTMAC_CHILD";

    private const int MostRounds = 100;

    /// <summary>Kills all that carry the mark or descend from the process, again and again until none is left.</summary>
    /// <param name="mark">The mark.</param>
    /// <param name="root">The process that was started; null when it has ended already.</param>
    public static void Kill(string mark, int? root)
    {
        byte[] entry = Encoding.ASCII.GetBytes($"{Variable}={mark}\0");
        for (int round = 0; round < MostRounds; round++)
        {
            IReadOnlyList<int> found = Find(entry, root);
            if (found.Count == 0)
            {
                return;
            }

            foreach (int id in found)
            {
                Kill(id);
            }

            // A killed process keeps its place until the kernel has taken it down.
            if (round > 0)
            {
                Thread.Sleep(1);
            }
        }
    }

    /// <summary>Whether anything carries the mark.</summary>
    public static bool Any(string mark) => Find(Encoding.ASCII.GetBytes($"{Variable}={mark}\0"), null).Count > 0;

    private static List<int> Find(byte[] entry, int? root)
    {
        Dictionary<int, int> parents = [];
        List<int> found = [];
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && Parent(id) is int parent)
            {
                parents[id] = parent;
                if (IsMarked(id, entry))
                {
                    found.Add(id);
                }
            }
        }

        if (root is int first)
        {
            found.AddRange(parents.Keys.Where(id => Descends(id, first, parents) && !found.Contains(id)).ToArray());
        }

        return found;
    }

    private static bool Descends(int id, int root, Dictionary<int, int> parents)
    {
        for (int depth = 0; depth < 64 && id > 1; depth++)
        {
            if (id == root)
            {
                return true;
            }

            id = parents.GetValueOrDefault(id);
        }

        return false;
    }

    // "1234 (name, which may hold anything) S 1 …" (proc(5)). A zombie is dead: nothing is to be done about it.
    private static int? Parent(int id)
    {
        string? stat = Read($"/proc/{id}/stat") is byte[] bytes ? Encoding.Latin1.GetString(bytes) : null;
        string[]? fields = stat?[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is [not ("Z" or "X"), var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : null;
    }

    private static bool IsMarked(int id, byte[] entry)
    {
        if (id == Environment.ProcessId || Read($"/proc/{id}/environ") is not byte[] environment)
        {
            return false;
        }

        // At the beginning, or after the end of another variable.
        int at = environment.AsSpan().IndexOf(entry);
        return at == 0 || (at > 0 && environment[at - 1] == 0);
    }

    private static byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone, or somebody else's.
            return null;
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
