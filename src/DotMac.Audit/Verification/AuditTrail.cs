using System.Globalization;
using DotMac.Audit.Chain;
using DotMac.Audit.Files;

namespace DotMac.Audit.Verification;

/// <summary>Reads a trail's files and has them verified; holds no more of them than a line.</summary>
public static class AuditTrail
{
    /// <summary>Verifies.</summary>
    /// <param name="files">The trail.</param>
    /// <param name="hash">How it was hashed.</param>
    /// <param name="expected">A line's hash that is known from elsewhere; null for none.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static AuditVerification Verify(AuditFileSet files, ChainHash hash, string? expected = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        var verifier = new AuditVerifier(hash, File.Exists(files.Head) ? AuditHead.Read(File.ReadAllBytes(files.Head)) : null);
        if (expected is not null)
        {
            verifier.Expect(expected);
        }

        foreach (var (first, file) in files.Rotated())
        {
            Read(verifier, file, hash, first);
        }

        if (File.Exists(files.Live))
        {
            Read(verifier, files.Live, hash, null);
        }

        return verifier.Finish(Path.GetFileName(files.Head));
    }

    private static void Read(AuditVerifier verifier, string file, ChainHash hash, long? first)
    {
        var (name, number) = (Path.GetFileName(file), 0L);
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        foreach (var (line, isWhole, _) in AuditLines.Read(stream))
        {
            if (++number == 1 && first is { } named && ChainLine.Read(line, hash) is { } begins && begins.Seq != named)
            {
                verifier.Find(
                    AuditFindingKind.Renamed, name, 1, begins.Seq, string.Create(CultureInfo.InvariantCulture, $"the file is named after line {named} and begins with line {begins.Seq}"));
            }

            verifier.Take(name, number, line, isWhole);
        }

        if (number == 0 && first is not null)
        {
            verifier.Find(AuditFindingKind.Gap, name, 0, first, "the file is empty");
        }
    }
}
