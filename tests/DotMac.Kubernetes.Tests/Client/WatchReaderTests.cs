using System.Diagnostics;
using System.Text;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;
using DotMac.Kubernetes.Tests.Fakes;
using DotMac.Testing;

namespace DotMac.Kubernetes.Tests.Client;

public sealed class WatchReaderTests
{
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes("""
        {"type":"ADDED","object":{"kind":"ConfigMap","metadata":{"name":"a","resourceVersion":"1"},"data":{"k":"ü"}}}

        {"type":"MODIFIED","more":[{}],"object":{"metadata":{"name":"a","resourceVersion":"2"},"data":{"k":"line\nbreak"}}}
        {"type":"BOOKMARK","object":{"kind":"ConfigMap","metadata":{"resourceVersion":"3","creationTimestamp":null}}}
        {"type":"DELETED","object":{"metadata":{"name":"a","resourceVersion":"4"}}}

        """);

    [Fact]
    public async Task However_the_network_cuts_a_watch_it_is_read_the_same()
    {
        for (var cut = 0; cut <= Bytes.Length; cut++)
        {
            await CheckAsync(ChunkedStream.CutAt(Bytes, cut), $"cut at {cut}");
        }

        await CheckAsync(ChunkedStream.Dripping(Bytes), "one byte at a time");

        static async Task CheckAsync(Stream stream, string because)
        {
            var seen = await ReadAsync(stream);
            seen.Select(static e => (e.Type, e.Object.Metadata.Name, e.Object.Metadata.ResourceVersion)).Should().Equal(
                [
                    (WatchEventType.Added, "a", "1"),
                    (WatchEventType.Modified, "a", "2"),
                    (WatchEventType.Bookmark, null, "3"),
                    (WatchEventType.Deleted, "a", "4"),
                ],
                because);
            seen[1].Object.Data!["k"].Should().Be("line\nbreak", because);
        }
    }

    [Fact]
    public async Task An_object_as_deep_as_the_server_takes_them_does_not_end_the_watch()
    {
        const int Levels = 10_000;
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", Levels)) + "1" + new string('}', Levels);
        var seen = await ReadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(
            $$$"""{"type":"ADDED","object":{"metadata":{"name":"deep","resourceVersion":"1"},"unknown":{{{deep}}}}}""" + "\n"
            + """{"type":"ADDED","object":{"metadata":{"name":"b","resourceVersion":"2"}}}""" + "\n")));
        seen.Select(static e => e.Object.Metadata.Name).Should().Equal("deep", "b");
    }

    [Fact]
    public async Task Events_before_a_break_are_told_and_the_half_one_is_a_broken_connection()
    {
        var seen = new List<WatchEvent<V1ConfigMap>>();
        var reading = async () =>
        {
            await foreach (var item in Events(new ChunkedStream([Bytes[..150]])))
            {
                seen.Add(item);
            }
        };

        await reading.Should().ThrowAsync<IOException>();
        seen.Should().ContainSingle();
    }

    [Fact]
    public async Task An_error_in_the_stream_is_an_exception_with_what_the_server_said()
    {
        var reading = () => ReadAsync(Stream("""
            {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure","message":"too old resource version: 1 (2)","reason":"Expired","code":410}}

            """));

        var error = (await reading.Should().ThrowAsync<ApiException>()).Which;
        error.IsGone.Should().BeTrue();
        error.Message.Should().Contain("410").And.Contain("too old");
        error.Status.Reason.Should().Be("Expired");
    }

    [Fact]
    public async Task An_error_that_is_not_about_age_is_not_taken_for_it()
    {
        var reading = () => ReadAsync(Stream("""{"type":"ERROR","object":{"kind":"Status","message":"etcd is away","code":500}}""" + "\n"));
        (await reading.Should().ThrowAsync<ApiException>()).Which.IsGone.Should().BeFalse();
    }

    [Theory]
    [InlineData("""{"type":"EXPLODED","object":{}}""")]
    [InlineData("""{"object":{"metadata":{}},"type":"ADDED"}""")]
    [InlineData("""{"type":"ADDED"}""")]
    [InlineData("""{"type":"ADDED","object":null}""")]
    [InlineData("""{"type":"ADDED","object":{"metadata":{"name":1}}}""")]
    [InlineData("""{"type":1,"object":{}}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("""{"type":"ADDED","object":{"metadata":{}}""")]
    public async Task A_line_that_is_no_event_is_invalid_data(string line)
    {
        var reading = () => ReadAsync(Stream(line + "\n"));
        await reading.Should().ThrowAsync<InvalidDataException>();
    }

    [Fact]
    public async Task A_watch_on_which_nothing_comes_is_given_up_but_not_while_it_is_read()
    {
        var reading = async () =>
        {
            await foreach (var item in WatchReader.ReadAsync(
                new ChunkedStream([Bytes], standsStill: true), KubernetesJson.Default.TypeInfo<V1ConfigMap>(), TimeSpan.FromMilliseconds(40), CancellationToken.None))
            {
                // A reader that takes longer than the timeout is not the connection's fault.
                if (item.Type == WatchEventType.Added)
                {
                    var started = Stopwatch.GetTimestamp();
                    await Eventually.BeTrueAsync(
                        () => Stopwatch.GetElapsedTime(started).TotalMilliseconds > 80, TimeSpan.FromSeconds(5), "time passes");
                }
            }
        };

        (await reading.Should().ThrowAsync<TimeoutException>()).WithMessage("*brought nothing*");
    }

    [Fact]
    public async Task An_event_of_half_a_megabyte_is_read()
    {
        var value = new string('y', 500_000);
        var bytes = Encoding.UTF8.GetBytes($$$"""{"type":"ADDED","object":{"metadata":{"name":"a"},"data":{"k":"{{{value}}}" } } }""" + "\n");
        (await ReadAsync(new ChunkedStream(bytes.Chunk(9_000)))).Should().ContainSingle().Which.Object.Data!["k"].Should().Be(value);
    }

    private static ChunkedStream Stream(string text) => new([Encoding.UTF8.GetBytes(text)]);

    private static IAsyncEnumerable<WatchEvent<V1ConfigMap>> Events(Stream stream) =>
        WatchReader.ReadAsync(stream, KubernetesJson.Default.TypeInfo<V1ConfigMap>(), TimeSpan.FromSeconds(30), CancellationToken.None);

    private static async Task<List<WatchEvent<V1ConfigMap>>> ReadAsync(Stream stream)
    {
        var seen = new List<WatchEvent<V1ConfigMap>>();
        await foreach (var item in Events(stream))
        {
            seen.Add(item);
        }

        return seen;
    }
}
