using System.Text;
using System.Text.Json.Nodes;
using DotMac.Audit.Chain;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DotMac.Audit.Tests;

/// <summary>Whatever is done to a trail by somebody without its key, or who leaves the head alone, is found.</summary>
public sealed class TamperingTests
{
    private const string Key = "a key that nobody else has";

    private static readonly string[] Tamperings =
    [
        "flip a bit", "insert a byte", "remove a byte", "delete a line", "repeat a line", "swap two lines", "move a line", "cut off lines at the end", "cut off in a line",
        "cut off lines at the beginning", "delete a file", "rename a file", "delete the head", "change the head", "add a line that says anything", "add an empty line",
        "change a line and its hash", "windows line ends", "take lines of another trail", "change a line and all hashes after it",
    ];

    [Property(MaxTest = 400)]
    public Property Every_tampering_is_found() => Prop.ForAll(
        Arb.From(Cases), static test =>
        {
            using var trail = new TrailDirectory(test.Keyed ? Key : null);
            trail.Append(test.Lines, test.MaxBytes, test.Keep);
            trail.Verify().Findings.Should().BeEmpty("nothing has happened yet");
            var before = Snapshot(trail);
            Tamper(trail, test);
            if (Snapshot(trail) == before)
            {
                // Two equal lines were swapped, for example: nothing has happened.
                return;
            }

            trail.Verify().IsIntact.Should().BeFalse("{0}", test);
        });

    [Property(MaxTest = 200)]
    public Property However_often_a_trail_is_continued_rotated_and_shortened_by_retention_it_is_whole() => Prop.ForAll(
        Arb.From(from lines in Gen.Choose(0, 12).ListOf()
                 from bytes in Gen.Elements(300L, 700L, 2000L, 100_000L)
                 from keep in Gen.Choose(0, 4)
                 from keyed in Gen.Elements(true, false)
                 select (Lines: lines.ToList(), Bytes: bytes, Keep: keep, Keyed: keyed)),
        static test =>
        {
            using var trail = new TrailDirectory(test.Keyed ? Key : null);
            foreach (var lines in test.Lines)
            {
                trail.Append(lines, test.Bytes, test.Keep);
            }

            var result = trail.Verify();
            result.Findings.Should().BeEmpty();
            (result.Last ?? 0).Should().Be(test.Lines.Sum());
            trail.Files.Rotated().Count.Should().BeLessThanOrEqualTo(Math.Max(test.Keep, 0));
        });

    private static Gen<Case> Cases =>
        from tampering in Gen.Elements(Tamperings)
        from lines in Gen.Choose(1, 40)
        from bytes in Gen.Elements(300L, 1500L, 4000L, 100_000L)
        from keep in Gen.Choose(1, 20)
        from keyed in Gen.Elements(true, false)
        from first in Gen.Choose(0, int.MaxValue)
        from second in Gen.Choose(0, int.MaxValue)
        select new Case(tampering, lines, bytes, keep, keyed || tampering == "change a line and all hashes after it", first, second);

    private static void Tamper(TrailDirectory trail, Case test)
    {
        var files = trail.AllFiles();
        var file = files[test.First % files.Count];
        var bytes = File.ReadAllBytes(file);
        var lines = Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n').ToList();
        var (one, other) = (test.Second % lines.Count, (test.Second / 7) % lines.Count);
        switch (test.Tampering)
        {
            case "flip a bit":
                bytes[test.Second % bytes.Length] ^= (byte)(1 << (test.First % 8));
                File.WriteAllBytes(file, bytes);
                return;
            case "insert a byte":
                File.WriteAllBytes(file, [.. bytes[..(test.Second % bytes.Length)], (byte)'x', .. bytes[(test.Second % bytes.Length)..]]);
                return;
            case "remove a byte":
                File.WriteAllBytes(file, [.. bytes[..(test.Second % bytes.Length)], .. bytes[((test.Second % bytes.Length) + 1)..]]);
                return;
            case "delete a line":
                lines.RemoveAt(one);
                break;
            case "repeat a line":
                lines.Insert(other, lines[one]);
                break;
            case "swap two lines":
                (lines[one], lines[other]) = (lines[other], lines[one]);
                break;
            case "move a line":
                var moved = lines[one];
                lines.RemoveAt(one);
                lines.Insert(Math.Min(other, lines.Count), moved);
                break;
            case "cut off lines at the end":
                // The newest file: older ones have others behind them.
                (file, lines) = (files[^1], [.. File.ReadAllLines(files[^1])]);
                lines.RemoveRange(test.Second % lines.Count, lines.Count - (test.Second % lines.Count));
                break;
            case "cut off in a line":
                File.WriteAllBytes(file, bytes[..(test.Second % bytes.Length)]);
                return;
            case "cut off lines at the beginning":
                (file, lines) = (files[0], [.. File.ReadAllLines(files[0])]);
                lines.RemoveRange(0, 1 + (test.Second % lines.Count));
                break;
            case "delete a file":
                File.Delete(file);
                return;
            case "rename a file":
                if (file != trail.Files.Live)
                {
                    File.Move(file, trail.Files.Rotated(test.Second), overwrite: true);
                }

                return;
            case "delete the head":
                File.Delete(trail.Files.Head);
                return;
            case "change the head":
                var head = File.ReadAllBytes(trail.Files.Head);
                head[test.Second % head.Length] ^= 1;
                File.WriteAllBytes(trail.Files.Head, head);
                return;
            case "add a line that says anything":
                lines.Insert(one, """{"stream":"audit","seq":1}""");
                break;
            case "add an empty line":
                lines.Insert(one, string.Empty);
                break;
            case "change a line and its hash":
                lines[one] = Rewritten(lines[one], null, new ChainHash()).Line;
                break;
            case "windows line ends":
                File.WriteAllText(file, string.Join("\r\n", lines) + "\r\n");
                return;
            case "take lines of another trail":
                using (var another = new TrailDirectory(test.Keyed ? "another key, of another trail" : null))
                {
                    another.Append(test.Lines + 1);
                    var theirs = File.ReadAllLines(another.Files.Live);
                    lines[one] = theirs[test.First % theirs.Length];
                }

                break;
            default:
                // All that somebody can do who knows the format and may write everything, but has no key.
                Forge(files, test.Second);
                return;
        }

        File.WriteAllText(file, lines.Count == 0 ? string.Empty : string.Join('\n', lines) + "\n");
    }

    private static void Forge(IReadOnlyList<string> files, int seed)
    {
        var all = files.SelectMany(file => File.ReadAllLines(file).Select(line => (File: file, Line: line))).ToList();
        string? prev = null;
        for (var i = seed % all.Count; i < all.Count; i++)
        {
            var (line, hash) = Rewritten(all[i].Line, prev, new ChainHash());
            (all[i], prev) = ((all[i].File, line), hash);
        }

        foreach (var group in all.GroupBy(static line => line.File))
        {
            File.WriteAllText(group.Key, string.Join('\n', group.Select(static line => line.Line)) + "\n");
        }
    }

    private static (string Line, string Hash) Rewritten(string line, string? prev, ChainHash hash)
    {
        var json = JsonNode.Parse(line)!.AsObject();
        json["tenant"] = "somebody-else";
        json["prev"] = prev ?? json["prev"]!.GetValue<string>();
        json.Remove("hash");
        var text = json.ToJsonString()[..^1];
        var digest = hash.Of(Encoding.UTF8.GetBytes(text));
        return ($"{text},\"hash\":\"{digest}\"}}", digest);
    }

    private static string Snapshot(TrailDirectory trail) =>
        string.Join('|', Directory.EnumerateFiles(trail.Path).Order(StringComparer.Ordinal).Select(static file => $"{file}:{Convert.ToHexString(File.ReadAllBytes(file))}"));

    private sealed record Case(string Tampering, int Lines, long MaxBytes, int Keep, bool Keyed, int First, int Second);
}
