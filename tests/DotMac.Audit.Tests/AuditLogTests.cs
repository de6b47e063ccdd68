using System.Text;
using System.Text.Json.Nodes;
using DotMac.Audit.Entries;
using DotMac.Testing.Logging;

namespace DotMac.Audit.Tests;

public sealed class AuditLogTests
{
    private readonly TestLogger<AuditLog> _log = new();

    [Fact]
    public async Task An_entry_is_one_line_with_who_what_when_and_where()
    {
        using var stream = new MemoryStream();
        await using (var log = new AuditLog(new AuditLogOptions { Stream = stream }, _log, new Testing.Time.ManualTimeProvider(DateTimeOffset.UnixEpoch)))
        {
            await log.RecordAsync(TrailDirectory.Entry() with
            {
                Actor = new AuditActor("jane", AuditActorKind.User, ["admins"]),
                From = "192.0.2.1",
                Changed = ["/enabled"],
                Before = new JsonObject { ["enabled"] = true },
                After = new JsonObject { ["enabled"] = false },
            });
        }

        var line = Encoding.UTF8.GetString(stream.ToArray());
        line.Should().EndWith("\"}\n").And.StartWith("""{"stream":"audit","seq":1,"time":"1970-01-01T00:00:00.000000Z","prev":"0000""");
        var json = JsonNode.Parse(line)!.AsObject();
        json.Remove("prev");
        json.Remove("hash");
        json.ToJsonString().Should().Be(
            """{"stream":"audit","seq":1,"time":"1970-01-01T00:00:00.000000Z","operation":"install","result":"Accepted","actor":{"name":"jane","kind":"User","groups":["admins"]},"source":"watch","from":"192.0.2.1","subject":{"kind":"TenantPlugin","namespace":"tenant-acme","name":"twilio","uid":"uid-1","generation":1},"tenant":"acme","plugin":"twilio","changed":["/enabled"],"before":{"enabled":true},"after":{"enabled":false}}""");
    }

    [Fact]
    public async Task Many_callers_make_one_chain_in_the_stream_and_in_the_file()
    {
        using var trail = new TrailDirectory();
        using var stream = new MemoryStream();
        await using (var log = new AuditLog(new AuditLogOptions { Stream = stream, File = trail.FileOptions(maxBytes: 20_000, keep: 1000) }, _log))
        {
            await Parallel.ForAsync(0, 1000, async (i, stop) => await log.RecordAsync(TrailDirectory.Entry(name: $"plugin-{i}"), stop));
        }

        trail.Verify().Should().BeEquivalentTo(new { Lines = 1000L, IsIntact = true });
        trail.Files.Rotated().Should().NotBeEmpty();
        var files = string.Concat(trail.AllFiles().Select(File.ReadAllText));
        Encoding.UTF8.GetString(stream.ToArray()).Should().Be(files);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_for_a_while_misses_nothing_and_holds_up_nobody()
    {
        using var trail = new TrailDirectory();
        using var stream = new MemoryStream();
        await using (var log = new AuditLog(new AuditLogOptions { Stream = stream, File = trail.FileOptions() }, _log))
        {
            await log.RecordAsync(TrailDirectory.Entry());

            // A directory in the place of the head: the lines get through, what is kept beside them does not.
            File.Delete(trail.Files.Head);
            Directory.CreateDirectory(trail.Files.Head);
            for (var i = 0; i < 3; i++)
            {
                await log.RecordAsync(TrailDirectory.Entry("configure"));
            }

            _log.Entries.Should().ContainSingle("a full disk must not fill the log as well").Which.Message.Should().Contain("cannot be written to its file");
            Directory.Delete(trail.Files.Head);
            await log.RecordAsync(TrailDirectory.Entry("remove"));
            _log.Text.Should().Contain("is written again");
        }

        Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(5);
        trail.Verify().Should().BeEquivalentTo(new { Lines = 5L, IsIntact = true });
    }

    [Fact]
    public async Task What_was_lost_is_told_of_and_shows_as_a_gap()
    {
        using var trail = new TrailDirectory();
        using var stream = new MemoryStream();
        await using (var log = new AuditLog(new AuditLogOptions { Stream = stream, File = trail.FileOptions(), MostKept = 2 }, _log))
        {
            await log.RecordAsync(TrailDirectory.Entry());
            File.Delete(trail.Files.Head);
            Directory.CreateDirectory(trail.Files.Head);
            for (var i = 0; i < 4; i++)
            {
                await log.RecordAsync(TrailDirectory.Entry("configure"));
            }

            Directory.Delete(trail.Files.Head);
            await log.RecordAsync(TrailDirectory.Entry("remove"));
        }

        trail.Verify().Findings.Should().Contain(static f => f.Kind == Verification.AuditFindingKind.Gap);
        Encoding.UTF8.GetString(stream.ToArray()).Should().Contain("\"operation\":\"audit.gap\"");
    }

    [Fact]
    public async Task A_stream_that_is_closed_takes_nothing_from_the_file()
    {
        using var trail = new TrailDirectory();
        var stream = new MemoryStream();
        await stream.DisposeAsync();
        await using (var log = new AuditLog(new AuditLogOptions { Stream = stream, File = trail.FileOptions() }, _log))
        {
            await log.RecordAsync(TrailDirectory.Entry());
            await log.RecordAsync(TrailDirectory.Entry());
        }

        trail.Verify().Should().BeEquivalentTo(new { Lines = 2L, IsIntact = true });
        _log.Entries.Should().ContainSingle();
    }

    [Fact]
    public async Task A_damaged_trail_goes_on_and_says_so()
    {
        using var trail = new TrailDirectory();
        trail.Append(3);
        File.WriteAllLines(trail.Files.Live, File.ReadAllLines(trail.Files.Live)[..1]);
        await using (var log = new AuditLog(new AuditLogOptions { File = trail.FileOptions() }, _log))
        {
            await log.RecordAsync(TrailDirectory.Entry());
        }

        File.ReadAllText(trail.Files.Live).Should().Contain("\"operation\":\"audit.restarted\"").And.Contain("files end at 1");
        _log.Text.Should().Contain("dotmac audit verify");
        trail.Verify().Findings.Should().ContainSingle().Which.Kind.Should().Be(Verification.AuditFindingKind.Gap);
    }

    [Fact]
    public async Task After_the_end_nothing_is_recorded_and_nobody_is_held_up()
    {
        using var stream = new MemoryStream();
        var log = new AuditLog(new AuditLogOptions { Stream = stream }, _log);
        await log.DisposeAsync();
        await log.RecordAsync(TrailDirectory.Entry()).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        stream.Length.Should().Be(0);
    }

    [Fact]
    public void A_key_that_is_too_short_is_refused_with_a_way_to_a_better_one() =>
        FluentActions.Invoking(() => new AuditLog(new AuditLogOptions { Key = [1, 2, 3] }, _log)).Should().Throw<ArgumentException>().WithMessage("*3 bytes*16*urandom*");
}
