using System.Text;
using DotMac.Kubernetes.Client;
using DotMac.Kubernetes.Models;
using DotMac.Kubernetes.Serialization;
using DotMac.Kubernetes.Tests.Fakes;

namespace DotMac.Kubernetes.Tests.Client;

public sealed class ListReaderTests
{
    private const string Text = """
        {"kind":"ConfigMapList","apiVersion":"v1","extra":{"a":[1,{"b":2}]},"metadata":{"selfLink":"/x","resourceVersion":"1234","continue":"tökén","remainingItemCount":5,"odd":{"x":[1]}},"items":[
          {"metadata":{"name":"a","namespace":"n","managedFields":[{"x":{}}]},"data":{"k":"v ü \"q\" \u00e4"}} , {"metadata":{"name":"b"},"data":{}},
          null, {"metadata":{"name":"c"}}
        ],"after":true}
        """;

    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(Text);

    [Fact]
    public async Task However_the_network_cuts_a_list_it_is_read_the_same()
    {
        for (var cut = 0; cut <= Bytes.Length; cut++)
        {
            Check(await ReadAsync(ChunkedStream.CutAt(Bytes, cut)), $"cut at {cut}");
        }

        Check(await ReadAsync(ChunkedStream.Dripping(Bytes)), "one byte at a time");

        static void Check(ListResult<V1ConfigMap> list, string because)
        {
            list.ResourceVersion.Should().Be("1234", because);
            list.Continue.Should().Be("tökén", because);
            list.Items.Select(static i => i.Metadata.Name).Should().Equal(["a", "b", "c"], because);
            list.Items[0].Data!["k"].Should().Be("v ü \"q\" ä", because);
        }
    }

    [Fact]
    public async Task An_object_as_deep_as_the_server_takes_them_keeps_no_other_from_being_read()
    {
        const int Levels = 10_000;
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", Levels)) + "1" + new string('}', Levels);
        var list = await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(
            $$$"""{"metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"deep","managedFields":[{{{deep}}}]},"unknown":{{{deep}}}},{"metadata":{"name":"b"}}]}""")));
        list.Items.Select(static i => i.Metadata.Name).Should().Equal("deep", "b");
        list.ResourceVersion.Should().Be("7");
    }

    [Fact]
    public async Task A_list_that_breaks_off_anywhere_is_a_broken_connection()
    {
        for (var end = 0; end < Bytes.Length; end++)
        {
            var reading = () => ReadAsync(new ChunkedStream([Bytes[..end]]));
            await reading.Should().ThrowAsync<IOException>($"it ends after {end} bytes");
        }
    }

    [Theory]
    [InlineData("<html>502 Bad Gateway</html>")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"items\":[{\"metadata\":{\"name\":1}}]}")]
    [InlineData("{\"items\":[}")]
    [InlineData("{\"items\":[1]}")]
    [InlineData("{\"metadata\":{\"resourceVersion\":1},\"items\":[]}")]
    public async Task What_is_not_a_list_is_invalid_data(string text)
    {
        var reading = () => ReadAsync(new ChunkedStream([Encoding.UTF8.GetBytes(text)]));
        await reading.Should().ThrowAsync<InvalidDataException>();
    }

    [Theory]
    [InlineData("""{"metadata":{"resourceVersion":"7"},"items":[]}""")]
    [InlineData("""{"metadata":{"resourceVersion":"7","continue":""},"items":null}""")]
    [InlineData("""{"metadata":{"resourceVersion":"7"}}""")]
    [InlineData("""{"items":[],"metadata":{"resourceVersion":"7"}}""")]
    public async Task An_empty_list_is_a_list(string text)
    {
        var list = await ReadAsync(new ChunkedStream([Encoding.UTF8.GetBytes(text)]));
        list.Items.Should().BeEmpty();
        list.ResourceVersion.Should().Be("7");
        list.Continue.Should().BeNull();
    }

    [Fact]
    public async Task An_object_larger_than_any_buffer_is_read()
    {
        var value = new string('x', 300_000);
        var bytes = Encoding.UTF8.GetBytes($$$"""{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"a"},"data":{"k":"{{{value}}}"}}]}""");
        var list = await ReadAsync(new ChunkedStream(bytes.Chunk(7_000)));
        list.Items.Should().ContainSingle().Which.Data!["k"].Should().Be(value);
    }

    [Fact]
    public async Task A_list_that_stands_still_is_given_up()
    {
        var reading = () => ListReader.ReadAsync(
            new ChunkedStream([Bytes[..100]], standsStill: true),
            KubernetesJson.Default.TypeInfo<V1ConfigMap>(),
            TimeSpan.FromMilliseconds(30),
            CancellationToken.None);
        await reading.Should().ThrowAsync<TimeoutException>();
    }

    [Fact]
    public async Task The_wish_to_stop_is_not_a_timeout()
    {
        using var stop = new CancellationTokenSource();
        var reading = ListReader.ReadAsync(
            new ChunkedStream([], standsStill: true), KubernetesJson.Default.TypeInfo<V1ConfigMap>(), TimeSpan.FromMinutes(1), stop.Token);
        await stop.CancelAsync();
        await ((Func<Task>)(() => reading)).Should().ThrowAsync<OperationCanceledException>();
    }

    private static Task<ListResult<V1ConfigMap>> ReadAsync(Stream stream) =>
        ListReader.ReadAsync(stream, KubernetesJson.Default.TypeInfo<V1ConfigMap>(), TimeSpan.FromSeconds(30), CancellationToken.None);
}
