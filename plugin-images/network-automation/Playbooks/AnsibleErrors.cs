namespace DotMac.Plugins.NetworkAutomation.Playbooks;

/// <summary>Says what Ansible's exit codes mean. Pure.</summary>
internal static class AnsibleErrors
{
    private const int LongestText = 2000;

    /// <summary>What went wrong.</summary>
    /// <param name="exitCode">Ansible's exit code, not 0.</param>
    /// <param name="error">What it wrote on standard error.</param>
    /// <param name="directory">The run's private directory, whose name says nothing to anybody.</param>
    public static string Say(int exitCode, string error, string directory)
    {
        string said = string.Join('\n', error
            .Replace(directory + "/", "", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("[WARNING]", StringComparison.Ordinal) && !line.StartsWith("[DEPRECATION", StringComparison.Ordinal)));
        return said.Length > LongestText ? said[..LongestText] + "…"
            : said.Length > 0 ? said
            : exitCode switch
            {
                2 => "A task failed; see the recap.",
                4 => "A device could not be reached; see the recap.",
                6 => "A task failed and a device could not be reached; see the recap.",
                _ => $"Ansible ended with exit code {exitCode}; see the events.",
            };
    }
}
