using DotMac.Cli.Output;

namespace DotMac.Cli.Tests;

public sealed class TableWriterTests
{
    [Fact]
    public void Columns_are_aligned_and_the_last_one_is_as_long_as_it_is() =>
        Written(isWide: false, ("a", "1"), ("longer", null)).Should().Be("NAME     VALUE\na        1\nlonger   -\n");

    [Fact]
    public void Wide_columns_are_there_where_there_is_room() => Written(isWide: true, ("a", "1")).Should().Be("NAME   VALUE   TWICE\na      1       11\n");

    [Fact]
    public void No_text_moves_the_cursor_or_begins_a_line() => Written(isWide: false, ("a\r\n\u001b[2J", "\t")).Should().Be("NAME      VALUE\na   [2J\n");

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(-5, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(7200, "2h")]
    [InlineData(172_800, "2d")]
    public void Ages_are_as_kubectl_writes_them(int seconds, string text)
    {
        var now = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
        Ages.Of(now.AddSeconds(-seconds), now).Should().Be(text);
        Ages.Of(null, now).Should().BeEmpty();
    }

    private static string Written(bool isWide, params (string Name, string? Value)[] rows)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new TableWriter<(string Name, string? Value)>(
            [new("NAME", static row => row.Name), new("VALUE", static row => row.Value), new("TWICE", static row => row.Value + row.Value, IsWide: true)], isWide).Write(output, rows);
        return output.ToString();
    }
}
