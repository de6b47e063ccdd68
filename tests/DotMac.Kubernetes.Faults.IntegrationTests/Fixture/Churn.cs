namespace DotMac.Kubernetes.Faults.IntegrationTests.Fixture;

/// <summary>Random changes at a steady pace, until stopped.</summary>
internal sealed class Churn : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public Churn(Writer writer, IReadOnlyList<string> names, TimeSpan pace, int seed) => _running = RunAsync(writer, names, pace, new Random(seed));

    /// <summary>Lets the change under way finish and ends.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

#pragma warning disable CA5394 // Chance, not secrets.
    private async Task RunAsync(Writer writer, IReadOnlyList<string> names, TimeSpan pace, Random random)
    {
        using var timer = new PeriodicTimer(pace);
        while (!_stop.IsCancellationRequested)
        {
            var name = names[random.Next(names.Count)];
            await (random.Next(4) == 0 ? writer.DeleteAsync(name) : writer.PutAsync(name));
            try
            {
                await timer.WaitForNextTickAsync(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
#pragma warning restore CA5394
}
