using System.Diagnostics;

namespace DotMac.Testing;

/// <summary>The one way in which tests wait: for a condition, with a deadline, and with words for when it does not come.</summary>
public static class Eventually
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="condition">Asked again and again; an exception of it ends the waiting.</param>
    /// <param name="timeout">How long at most.</param>
    /// <param name="describe">What was waited for, and what was seen instead; asked only on failure.</param>
    /// <exception cref="TimeoutException">It did not hold in time.</exception>
    public static async Task BeTrueAsync(Func<Task<bool>> condition, TimeSpan timeout, Func<string> describe)
    {
        var started = Stopwatch.GetTimestamp();
        var pause = FirstPause;
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > timeout)
            {
                throw new TimeoutException($"not within {timeout.TotalSeconds:0.###} s: {describe()}");
            }

            await Task.Delay(pause);
            pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
        }
    }

    /// <inheritdoc cref="BeTrueAsync(Func{Task{bool}}, TimeSpan, Func{string})"/>
    public static Task BeTrueAsync(Func<Task<bool>> condition, TimeSpan timeout, string describe) =>
        BeTrueAsync(condition, timeout, () => describe);

    /// <inheritdoc cref="BeTrueAsync(Func{Task{bool}}, TimeSpan, Func{string})"/>
    public static Task BeTrueAsync(Func<bool> condition, TimeSpan timeout, Func<string> describe) =>
        BeTrueAsync(() => Task.FromResult(condition()), timeout, describe);

    /// <inheritdoc cref="BeTrueAsync(Func{Task{bool}}, TimeSpan, Func{string})"/>
    public static Task BeTrueAsync(Func<bool> condition, TimeSpan timeout, string describe) =>
        BeTrueAsync(condition, timeout, () => describe);
}
