using DotMac.Audit.Chain;
using DotMac.Audit.Files;
using DotMac.Audit.Verification;

namespace DotMac.Audit.Tests;

public sealed class AuditFileTests
{
    [Fact]
    public void A_trail_goes_on_where_it_ended()
    {
        using var trail = new TrailDirectory();
        trail.Append(3).Seq.Should().Be(3);
        trail.Append(2).Seq.Should().Be(5);
        var result = trail.Verify();
        result.Should().BeEquivalentTo(new { Lines = 5L, First = 1L, Last = 5L, IsIntact = true });
        result.From.Should().Be(DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public void Files_are_for_their_owner_alone()
    {
        using var trail = new TrailDirectory();
        trail.Append(1);
        foreach (var file in new[] { trail.Files.Live, trail.Files.Head, trail.Files.Lock })
        {
            File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }
    }

    [Fact]
    public void A_full_file_is_set_aside_under_the_number_of_its_first_line_and_old_ones_go()
    {
        using var trail = new TrailDirectory();
        trail.Append(10, maxBytes: 1, keep: 3);
        trail.Files.Rotated().Select(static f => f.First).Should().Equal(7, 8, 9);
        Path.GetFileName(trail.Files.Rotated()[0].File).Should().Be("audit-00000000000000000007.jsonl");
        trail.Verify().Should().BeEquivalentTo(new { First = 7L, Last = 10L, IsIntact = true });
        File.Delete(trail.Files.Rotated()[0].File);
        trail.Verify().Findings.Should().ContainSingle().Which.Kind.Should().Be(AuditFindingKind.Truncated);
    }

    [Fact]
    public void Two_writers_are_kept_apart()
    {
        using var trail = new TrailDirectory();
        using var file = AuditFile.Open(trail.FileOptions(), new ChainHash());
        FluentActions.Invoking(() => AuditFile.Open(trail.FileOptions(), new ChainHash())).Should().Throw<IOException>()
            .WithMessage($"{trail.Files.Live} is written by another process*Give each process an audit file of its own");
    }

    [Fact]
    public void A_line_torn_by_a_crash_is_moved_away_and_told_of()
    {
        using var trail = new TrailDirectory();
        trail.Append(2);
        File.AppendAllText(trail.Files.Live, "{\"stream\":\"audit\",\"se");
        trail.Verify().Findings.Should().ContainSingle().Which.Kind.Should().Be(AuditFindingKind.Torn);
        using (var file = AuditFile.Open(trail.FileOptions(), new ChainHash()))
        {
            file.Start.Should().Be(AuditFileStart.Recovered);
            file.Found.Should().Contain("middle of a line");
            file.Last.Seq.Should().Be(2);
        }

        trail.Verify().IsIntact.Should().BeTrue();
        Directory.EnumerateFiles(trail.Path, "*.torn-*").Should().ContainSingle().Which.Should().Match(static f => File.ReadAllText(f).StartsWith("{\"stream\""));
    }

    [Fact]
    public void A_crash_between_lines_and_head_is_no_damage()
    {
        using var trail = new TrailDirectory();
        trail.Append(2);
        var head = File.ReadAllBytes(trail.Files.Head);
        trail.Append(1);
        File.WriteAllBytes(trail.Files.Head, head);
        trail.Verify().IsIntact.Should().BeTrue();
        using var file = AuditFile.Open(trail.FileOptions(), new ChainHash());
        file.Start.Should().Be(AuditFileStart.Continued);
        file.Last.Seq.Should().Be(3);
    }

    [Fact]
    public void A_crash_between_two_files_is_no_damage()
    {
        using var trail = new TrailDirectory();
        trail.Append(3);
        File.Move(trail.Files.Live, trail.Files.Rotated(1));
        trail.Append(1).Seq.Should().Be(4);
        trail.Verify().Should().BeEquivalentTo(new { Lines = 4L, IsIntact = true });
    }

    [Fact]
    public void What_was_cut_off_stays_to_be_found_after_the_trail_goes_on()
    {
        using var trail = new TrailDirectory();
        trail.Append(5);
        File.WriteAllLines(trail.Files.Live, File.ReadAllLines(trail.Files.Live)[..3]);
        using (var file = AuditFile.Open(trail.FileOptions(), new ChainHash()))
        {
            file.Start.Should().Be(AuditFileStart.Damaged);
            file.Found.Should().Be("lines up to 5 were written, and the files end at 3");
        }

        trail.Append(1).Seq.Should().Be(6);
        trail.Verify().Findings.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Kind = AuditFindingKind.Gap, Line = 4L, Message = "lines 4 to 5 are missing" });
    }

    [Fact]
    public void A_trail_that_was_taken_away_whole_begins_again_where_it_ended()
    {
        using var trail = new TrailDirectory();
        trail.Append(5);
        File.Delete(trail.Files.Live);
        trail.Append(1).Seq.Should().Be(6);
        trail.Verify().Findings.Should().ContainSingle().Which.Kind.Should().Be(AuditFindingKind.Truncated);
    }

    [Fact]
    public void A_line_known_from_elsewhere_must_be_there()
    {
        using var trail = new TrailDirectory();
        var last = trail.Append(3);
        trail.Verify(last.Hash).IsIntact.Should().BeTrue();

        // All of it, the head too, as it was two lines ago: that alone no chain can tell.
        using var older = new TrailDirectory();
        older.Append(1);
        foreach (var file in new[] { "audit.jsonl", "audit.jsonl.head" })
        {
            File.Copy(Path.Combine(older.Path, file), Path.Combine(trail.Path, file), overwrite: true);
        }

        trail.Verify().IsIntact.Should().BeTrue();
        trail.Verify(last.Hash).Findings.Should().ContainSingle().Which.Message.Should().Contain(last.Hash);
    }

    [Fact]
    public void A_wrong_key_is_called_so()
    {
        using var keyed = new TrailDirectory("a key of sixteen bytes or more");
        keyed.Append(3);
        keyed.Verify(key: "another key of sixteen bytes").Findings.Should().Contain(static f => f.Kind == AuditFindingKind.Edited);
        AuditTrail.Verify(keyed.Files, new ChainHash()).Findings[0].Message.Should().Contain("--key-file");
        using var plain = new TrailDirectory();
        plain.Append(3);
        plain.Verify(key: "a key that was never used").Findings.Should().Contain(static f => f.Kind == AuditFindingKind.WrongKey);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("\u0000\u0001")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void What_is_no_line_is_a_finding_and_no_crash(string line)
    {
        using var trail = new TrailDirectory();
        trail.Append(1);
        File.AppendAllText(trail.Files.Live, line + "\n");
        trail.Verify().Findings.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Kind = AuditFindingKind.Unreadable, Line = 2L });
    }

    [Fact]
    public void A_line_without_end_is_a_finding_and_takes_no_memory_without_end()
    {
        using var trail = new TrailDirectory();
        trail.Append(1);
        using (var file = File.OpenWrite(trail.Files.Live))
        {
            file.Seek(0, SeekOrigin.End);
            file.SetLength(file.Length + (256L * 1024 * 1024));
        }

        trail.Verify().Findings.Should().Contain(static f => f.Kind == AuditFindingKind.Torn);
    }

    [Fact]
    public void A_directory_that_was_taken_away_is_made_again()
    {
        using var trail = new TrailDirectory();
        using var file = AuditFile.Open(trail.FileOptions(), new ChainHash());
        file.Append([ChainLine.Write(TrailDirectory.Entry(), file.Last, DateTimeOffset.UnixEpoch, new ChainHash())]);
        Directory.Delete(trail.Path, recursive: true);
        file.Append([ChainLine.Write(TrailDirectory.Entry(), file.Last, DateTimeOffset.UnixEpoch, new ChainHash())]);
        File.ReadAllLines(trail.Files.Live).Should().ContainSingle();
        trail.Verify().Findings.Should().ContainSingle("the first line is gone").Which.Kind.Should().Be(AuditFindingKind.Truncated);
    }
}
