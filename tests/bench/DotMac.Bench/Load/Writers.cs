namespace DotMac.Bench.Load;

/// <summary>As many tasks as the operator has workers, which take turns at numbers.</summary>
internal static class Writers
{
    /// <summary>Of the operator, the yardstick and every load: all write at the same concurrency.</summary>
    public const int Concurrency = 16;

    public static Task ForEachAsync(int from, int to, Func<int, Task> write)
    {
        var next = from - 1;
        return Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < to; i = Interlocked.Increment(ref next))
            {
                await write(i);
            }
        })));
    }
}
