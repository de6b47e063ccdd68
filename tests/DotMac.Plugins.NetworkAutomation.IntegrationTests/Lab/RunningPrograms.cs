using System.Text;

namespace DotMac.Plugins.NetworkAutomation.IntegrationTests.Lab;

/// <summary>What runs on this machine.</summary>
internal static class RunningPrograms
{
    /// <summary>All command lines, their words parted by blanks.</summary>
    public static IReadOnlyList<string> CommandLines() =>
        [.. Directory.EnumerateDirectories("/proc")
            .Where(directory => Path.GetFileName(directory).All(char.IsAsciiDigit))
            .Select(directory => Read(Path.Combine(directory, "cmdline")))
            .Where(line => line.Length > 0)];

    private static string Read(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(path)).Replace('\0', ' ').TrimEnd();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
