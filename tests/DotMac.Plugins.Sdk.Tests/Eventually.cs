namespace DotMac.Plugins.Sdk.Tests;

/// <summary>Waits for what comes about by itself, as long as a slow machine needs and no longer.</summary>
internal static class Eventually
{
    public static async Task BeTrueAsync(Func<bool> condition, string because)
    {
        using CancellationTokenSource end = new(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            end.IsCancellationRequested.Should().BeFalse(because);
            await Task.Delay(10, CancellationToken.None);
        }
    }
}
