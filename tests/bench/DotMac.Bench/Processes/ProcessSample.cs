using System.Globalization;

namespace DotMac.Bench.Processes;

/// <summary>What the kernel says of a process.</summary>
/// <param name="CpuSeconds">User and system time since it started, in ticks of 10 ms.</param>
/// <param name="ResidentMiB">VmRSS.</param>
internal readonly record struct ProcessSample(double CpuSeconds, double ResidentMiB)
{
    private const double TicksPerSecond = 100;

    public static ProcessSample Of(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");

        // The name, in parentheses, may hold anything; what follows it is numbers.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
        var resident = File.ReadLines($"/proc/{pid}/status").First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        var kilobytes = double.Parse(resident.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        return new ProcessSample(ticks / TicksPerSecond, kilobytes / 1024);
    }

    /// <summary>A child of this process, by the name of its program.</summary>
    public static int? FindChild(string program)
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var pid)
                && TryRead($"{directory}/stat") is { } stat
                && stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..stat.LastIndexOf(')')] == program
                && stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            {
                return pid;
            }
        }

        return null;
    }

    private static string? TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            // Gone since its directory was listed.
            return null;
        }
    }
}
