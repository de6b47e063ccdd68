using DotMac.Plugins.Sdk.Mounted;
using DotMac.Plugins.Sdk.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DotMac.Plugins.Sdk.Tests;

public sealed class MountWatcherTests : IDisposable
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);
    private readonly string _root = Directory.CreateTempSubdirectory("dotmac-watch-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task ASymlinkSwapInASubdirectoryIsSeenWithoutTheTimer()
    {
        var volume = new MountedVolume(Path.Combine(_root, "secret"));
        volume.Write("key", "one");
        using MountWatcher watcher = Watch(_root, Never);
        Task seen = watcher.WaitAsync(null, TimeProvider.System, CancellationToken.None);
        seen.IsCompleted.Should().BeFalse();

        volume.Write("key", "two");

        await seen.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task ADirectoryThatAppearsLaterIsFoundByTheTimerAndWatchedFromThenOn()
    {
        string late = Path.Combine(_root, "late");
        using MountWatcher watcher = Watch(late, TimeSpan.FromMilliseconds(10));

        Directory.CreateDirectory(late);

        for (int look = 0; look < 3; look++)
        {
            await watcher.WaitAsync(null, TimeProvider.System, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
        }

        await File.WriteAllTextAsync(Path.Combine(late, "file"), "x");
        await watcher.WaitAsync(null, TimeProvider.System, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task TheLimitEndsTheWait()
    {
        using MountWatcher watcher = Watch(_root, Never);

        await watcher.WaitAsync(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task CancellationEndsTheWaitWithAnException()
    {
        using MountWatcher watcher = Watch(_root, Never);
        using CancellationTokenSource stop = new();
        Task wait = watcher.WaitAsync(null, TimeProvider.System, stop.Token);

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => wait).Should().ThrowAsync<OperationCanceledException>();
    }

    private static MountWatcher Watch(string directory, TimeSpan pollInterval) => new([directory], pollInterval, TimeProvider.System, NullLogger.Instance);
}
