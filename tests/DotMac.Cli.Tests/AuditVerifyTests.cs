using System.Text.Json.Nodes;
using DotMac.Audit.Chain;
using DotMac.Audit.Entries;
using DotMac.Audit.Files;

namespace DotMac.Cli.Tests;

public sealed class AuditVerifyTests : IDisposable
{
    private static readonly byte[] Key = "a key of sixteen bytes or more"u8.ToArray();

    private readonly string _directory = Directory.CreateTempSubdirectory("dotmac-cli-").FullName;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    private string Live => Path.Combine(_directory, "audit.jsonl");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_whole_trail_is_called_so(bool byDirectory)
    {
        var last = Write(3);
        (await RunAsync("audit", "verify", byDirectory ? _directory : Live)).Should().Be(0);
        _out.ToString().Should().Be($"""
            trail    {Live}
            lines    3, 1 to 3
            written  1970-01-01 00:00:00Z to 1970-01-01 00:00:02Z
            hash     {last.Hash}
            result   whole

            """);
        _error.ToString().Should().BeEmpty();
    }

    [Fact]
    public async Task Damage_is_told_line_by_line()
    {
        Write(4);
        var lines = File.ReadAllLines(Live);
        File.WriteAllLines(Live, [lines[0], lines[2], lines[3].Replace("acme", "evil", StringComparison.Ordinal)]);
        (await RunAsync("audit", "verify", Live)).Should().Be(1);
        _out.ToString().Should().Contain("result   DAMAGED: 2 findings")
            .And.Contain("  Gap          audit.jsonl:2: lines 2 to 2 are missing")
            .And.Contain("  Edited       audit.jsonl:3: the line is not as it was written");
    }

    [Fact]
    public async Task For_programs_it_is_JSON()
    {
        Write(2);
        File.Delete(Live + ".head");
        (await RunAsync("audit", "verify", Live, "-o", "json")).Should().Be(1);
        var told = JsonNode.Parse(_out.ToString())![0]!;
        told["intact"]!.GetValue<bool>().Should().BeFalse();
        told["lines"]!.GetValue<long>().Should().Be(2);
        told["findings"]![0]!["kind"]!.GetValue<string>().Should().Be("HeadMissing");
    }

    [Fact]
    public async Task A_trail_with_a_key_is_verified_with_it()
    {
        Write(2, Key);
        var file = Path.Combine(_directory, "key");
        await File.WriteAllBytesAsync(file, Key);
        (await RunAsync("audit", "verify", Live, "--key-file", file)).Should().Be(0);
        (await RunAsync("audit", "verify", Live)).Should().Be(1);
        _out.ToString().Should().Contain("--key-file");
    }

    [Fact]
    public async Task What_cannot_be_read_is_another_exit_code_with_the_way_out()
    {
        (await RunAsync("audit", "verify", Path.Combine(_directory, "nothing.jsonl"))).Should().Be(2);
        _error.ToString().Should().StartWith("error: ").And.Contain("--audit-file");
        (await RunAsync("audit", "verify", _directory)).Should().Be(2);
        Write(1);
        (await RunAsync("audit", "verify", Live, "--key-file", Path.Combine(_directory, "none"))).Should().Be(2);
        var tooShort = Path.Combine(_directory, "short");
        await File.WriteAllBytesAsync(tooShort, [1]);
        (await RunAsync("audit", "verify", Live, "--key-file", tooShort)).Should().Be(2);
        _error.ToString().Should().Contain("fewer than 16 bytes");
    }

    [Fact]
    public async Task A_hash_from_elsewhere_must_be_there_and_must_be_a_hash()
    {
        var last = Write(2);
        (await RunAsync("audit", "verify", Live, "--expect-hash", last.Hash)).Should().Be(0);
        (await RunAsync("audit", "verify", Live, "--expect-hash", new string('a', 64))).Should().Be(1);
        (await RunAsync("audit", "verify", Live, "--expect-hash", "abc")).Should().NotBe(0);
    }

    [Fact]
    public async Task The_version_is_told()
    {
        (await RunAsync("version")).Should().Be(0);
        _out.ToString().Trim().Should().MatchRegex(@"^\d+\.\d+\.\d+$");
    }

    private Task<int> RunAsync(params string[] arguments) => DotMacCommand.Create(new Terminal(_out, _error)).Parse(arguments).InvokeAsync();

    private ChainLink Write(int lines, byte[]? key = null)
    {
        var hash = new ChainHash(key);
        using var file = AuditFile.Open(new AuditFileOptions { Path = Live }, hash);
        for (var i = 0; i < lines; i++)
        {
            var entry = new AuditEntry { Operation = "install", Result = AuditResult.Accepted, Actor = AuditActor.Unknown, Source = "watch", Tenant = "acme" };
            file.Append([ChainLine.Write(entry, file.Last, DateTimeOffset.UnixEpoch.AddSeconds(i), hash)]);
        }

        return file.Last;
    }
}
