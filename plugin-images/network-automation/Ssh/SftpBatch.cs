using System.Text;

namespace DotMac.Plugins.NetworkAutomation.Ssh;

/// <summary>Writes the commands that sftp reads. Pure. No shell is involved on either side: paths are quoted for sftp alone.</summary>
internal static class SftpBatch
{
    /// <summary>Commands that upload a file.</summary>
    /// <param name="local">The local file.</param>
    /// <param name="path">The path on the device.</param>
    /// <param name="temporary">The path to upload to before renaming; null to upload to the path itself.</param>
    /// <param name="mode">The file's mode in octal digits; null for the device's own way.</param>
    public static string Upload(string local, string path, string? temporary, string? mode)
    {
        string first = temporary ?? path;
        var batch = new StringBuilder();
        batch.Append("put ").Append(Quote(local)).Append(' ').Append(Quote(first)).Append('\n');
        if (mode is not null)
        {
            batch.Append("chmod ").Append(mode).Append(' ').Append(Quote(first)).Append('\n');
        }

        if (temporary is not null)
        {
            batch.Append("rename ").Append(Quote(temporary)).Append(' ').Append(Quote(path)).Append('\n');
        }

        return batch.ToString();
    }

    /// <summary>A command that removes a file, if it is there.</summary>
    public static string Remove(string path) => $"-rm {Quote(path)}\n";

    /// <summary>Why a path cannot be used; null when it can.</summary>
    public static string? PathProblem(string path) =>
        path.Any(char.IsControl) ? "Must not hold control characters."
        : path.StartsWith('-') ? "Must not begin with a dash; write ./ before it."
        : path.EndsWith('/') || path.Split('/')[^1] is "." or ".." ? "Must name a file, not a directory."
        : null;

    /// <summary>
    /// Quotes a word for sftp (sftp.c, makeargv): inside double quotes a backslash takes a quote or a backslash as it is, and wildcards mean
    /// nothing.
    /// </summary>
    public static string Quote(string word) =>
        $"\"{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
