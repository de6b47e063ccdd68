using System.Text;
using System.Text.Json.Nodes;
using DotMac.Audit.Chain;
using DotMac.Audit.Entries;
using DotMac.Audit.Files;
using DotMac.Audit.Reading;

namespace DotMac.Audit.Tests;

public sealed class AuditReaderTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dotmac-audit-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("a\n")]
    [InlineData("a\nb")]
    [InlineData("\n\na\n")]
    [InlineData("a\nbc\n\ndef\nghij\nk")]
    public void Lines_read_backwards_are_those_read_forwards_whatever_the_block(string text)
    {
        var forwards = text.Split('\n').SkipLast(1).Reverse().ToList();
        for (var block = 1; block <= text.Length + 1; block++)
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
            var lines = BackwardLines.Read(stream, block).ToList();
            lines.Select(static line => Encoding.UTF8.GetString(line.Line)).Should().Equal(forwards, $"blocks of {block}");
            lines.Sum(static line => line.Taken).Should().Be(text.LastIndexOf('\n') + 1);
        }
    }

    [Fact]
    public void Pages_follow_one_another_over_files_without_a_gap_or_a_repetition()
    {
        var files = Write("audit.jsonl", 250, rotateEvery: 60);
        var (all, place, pages) = (new List<long>(), default(AuditPlace), 0);
        do
        {
            var page = new AuditReader([files]).Read(new AuditQuery(), static _ => true, 17, place);
            all.AddRange(page.Items.Select(static record => record.Seq));
            place = page.Next is { } next ? AuditPlace.Parse(next.ToString(), 1) : null;
            (++pages).Should().BeLessThan(50);
        }
        while (place is not null);

        all.Should().Equal(Enumerable.Range(1, 250).Reverse().Select(static n => (long)n));
    }

    [Fact]
    public void Little_work_a_page_comes_to_the_end_all_the_same()
    {
        var files = Write("audit.jsonl", 100, rotateEvery: 1000);
        var (found, place, pages) = (new List<long>(), default(AuditPlace), 0);
        do
        {
            var page = new AuditReader([files], mostBytes: 1500).Read(new AuditQuery { Operation = "remove" }, static _ => true, 500, place);
            found.AddRange(page.Items.Select(static record => record.Seq));
            place = page.Next;
            (++pages).Should().BeLessThan(200);
        }
        while (place is not null);

        found.Should().Equal(100, 90, 80, 70, 60, 50, 40, 30, 20, 10);
        pages.Should().BeGreaterThan(5, "each page looks through a part");
    }

    [Fact]
    public void Several_trails_are_one_by_time()
    {
        var (first, second) = (Write("a.jsonl", 30, rotateEvery: 7), Write("b.jsonl", 30, rotateEvery: 1000, offset: TimeSpan.FromSeconds(0.5)));
        var (times, place) = (new List<DateTimeOffset>(), default(AuditPlace));
        do
        {
            var page = new AuditReader([first, second]).Read(new AuditQuery(), static _ => true, 7, place);
            times.AddRange(page.Items.Select(static record => record.Time));
            place = page.Next;
        }
        while (place is not null);

        times.Should().HaveCount(60).And.BeInDescendingOrder();
    }

    [Fact]
    public void Only_what_is_asked_for_and_may_be_seen_is_given()
    {
        var files = Write("audit.jsonl", 100, rotateEvery: 1000);
        var reader = new AuditReader([files]);
        reader.Read(new AuditQuery { Tenant = "t3" }, static _ => true, 500).Items.Should().HaveCount(20).And.OnlyContain(static r => r.Text("tenant", null) == "t3");
        reader.Read(new AuditQuery(), static record => record.Namespace == "ns4", 500).Items.Should().HaveCount(20);
        reader.Read(new AuditQuery { Actor = "anna", Result = "Denied" }, static _ => true, 500).Items.Should().BeEmpty();
        reader.Read(new AuditQuery { Since = Start.AddSeconds(95), Until = Start.AddSeconds(98) }, static _ => true, 500).Items.Select(static r => r.Seq).Should().Equal(97, 96, 95);
    }

    [Fact]
    public void What_cannot_be_read_is_left_out_and_counted_and_what_is_new_is_kept()
    {
        var files = Write("audit.jsonl", 3, rotateEvery: 1000);
        File.AppendAllText(
            files.Live,
            "not json\n{\"stream\":\"audit\",\"seq\":4,\"time\":\"2026-01-01T00:01:00Z\",\"colour\":\"blue\"}\n{\"stream\":\"audit\",\"seq\":5,\"seq\":5,\"time\":\"x\"}\n{\"stream\":\"aud");
        var page = new AuditReader([files]).Read(new AuditQuery(), static _ => true, 500);
        page.Items.Select(static r => r.Seq).Should().Equal(4, 3, 2, 1);
        page.Items[0].Members["colour"]!.GetValue<string>().Should().Be("blue");
        page.Unreadable.Should().Be(2);
    }

    [Fact]
    public void A_trail_that_is_not_there_is_an_empty_one()
    {
        var page = new AuditReader([new AuditFileSet(Path.Combine(_directory.FullName, "none.jsonl"))]).Read(new AuditQuery(), static _ => true, 10);
        page.Items.Should().BeEmpty();
        page.Next.Should().BeNull();
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("%%%", 1)]
    [InlineData("MSwy", 1)]
    [InlineData("LTE", 1)]
    public void What_is_no_place_is_none(string text, int trails) => AuditPlace.Parse(text, trails).Should().BeNull();

    private AuditFileSet Write(string name, int count, int rotateEvery, TimeSpan offset = default)
    {
        var files = new AuditFileSet(Path.Combine(_directory.FullName, name));
        var link = ChainLink.Start;
        var text = new StringBuilder();
        for (var i = 1; i <= count; i++)
        {
            (var line, link) = ChainLine.Write(
                new AuditEntry
                {
                    Operation = i % 10 == 0 ? "remove" : "install",
                    Result = AuditResult.Succeeded,
                    Actor = new AuditActor("anna", AuditActorKind.User),
                    Source = "watch",
                    Subject = new AuditSubject("TenantPlugin", $"ns{i % 5}", "twilio"),
                    Tenant = $"t{i % 5}",
                    After = new JsonObject { ["text"] = new string('ä', i % 40) },
                },
                link,
                Start.AddSeconds(i) + offset,
                new ChainHash());
            text.Append(Encoding.UTF8.GetString(line)).Append('\n');
            if (i % rotateEvery == 0)
            {
                File.WriteAllText(files.Rotated(i - rotateEvery + 1), text.ToString());
                text.Clear();
            }
        }

        File.WriteAllText(files.Live, text.ToString());
        return files;
    }
}
